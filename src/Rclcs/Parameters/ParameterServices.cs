using rcl_interfaces.srv;

namespace rclcs;

/// <summary>
/// The six services through which others see and set a node's parameters, as <c>ros2 param</c> does:
/// <c>~/describe_parameters</c>, <c>~/get_parameters</c>, <c>~/get_parameter_types</c>, <c>~/list_parameters</c>,
/// <c>~/set_parameters</c>, <c>~/set_parameters_atomically</c>.
/// </summary>
internal sealed class ParameterServices
{
    private readonly NodeParameters _parameters;

    private ParameterServices(NodeParameters parameters) => _parameters = parameters;

    /// <summary>Creates the services, which the node disposes.</summary>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public static void Start(INode node)
    {
        var services = new ParameterServices(node.Parameters);
        node.CreateService<DescribeParameters.Request, DescribeParameters.Response>(
            "~/describe_parameters", services.Describe, QosProfile.Parameters);
        node.CreateService<GetParameters.Request, GetParameters.Response>(
            "~/get_parameters", services.Get, QosProfile.Parameters);
        node.CreateService<GetParameterTypes.Request, GetParameterTypes.Response>(
            "~/get_parameter_types", services.GetTypes, QosProfile.Parameters);
        node.CreateService<ListParameters.Request, ListParameters.Response>(
            "~/list_parameters", services.List, QosProfile.Parameters);
        node.CreateService<SetParameters.Request, SetParameters.Response>(
            "~/set_parameters", services.Set, QosProfile.Parameters);
        node.CreateService<SetParametersAtomically.Request, SetParametersAtomically.Response>(
            "~/set_parameters_atomically", services.SetAtomically, QosProfile.Parameters);
    }

    private SetParametersResult Set(IEnumerable<rcl_interfaces.msg.Parameter> messages)
    {
        List<Parameter> parameters;
        try
        {
            parameters = [.. messages.Select(Parameter.FromMessage)];
        }
        catch (ParameterException exception)
        {
            return SetParametersResult.Rejected(exception.Message);
        }

        // What a callback throws comes out of spinning: the parameters may be set.
        return _parameters.SetAtomically(parameters);
    }

    private DescribeParameters.Response Describe(DescribeParameters.Request request) =>
        new() { Descriptors = [.. _parameters.DescribeAll(request.Names).Select(descriptor => descriptor.ToMessage())] };

    private GetParameters.Response Get(GetParameters.Request request) =>
        new() { Values = [.. _parameters.GetAll(request.Names).Select(value => value.ToMessage())] };

    private GetParameterTypes.Response GetTypes(GetParameterTypes.Request request) =>
        new() { Types = _parameters.GetAll(request.Names).Select(value => (byte)value.Type).ToArray() };

    private ListParameters.Response List(ListParameters.Request request)
    {
        var (names, prefixes) = _parameters.List(request.Prefixes, request.Depth);
        var response = new ListParameters.Response();
        response.Result.Names = [.. names];
        response.Result.Prefixes = [.. prefixes];
        return response;
    }

    private SetParameters.Response Set(SetParameters.Request request) => new()
    {
        Results =
        [
            .. request.Parameters.Select(parameter => Set([parameter]).ToMessage()),
        ],
    };

    private SetParametersAtomically.Response SetAtomically(SetParametersAtomically.Request request) => new()
    {
        Result = Set(request.Parameters).ToMessage(),
    };
}
