using rcl_interfaces.srv;
using rclcs.Serialization;

namespace rclcs;

/// <summary>Sees and sets the parameters of another node. Its own node has to be spun meanwhile.</summary>
/// <remarks>
/// All members may be called from any thread. Each call ends with <see cref="OperationCanceledException"/> when its
/// token is canceled, this is disposed or the context is shut down.
/// </remarks>
public sealed class ParameterClient : IDisposable
{
    private readonly List<IDisposable> _clients = [];
    private readonly IClient<DescribeParameters.Request, DescribeParameters.Response> _describe;
    private readonly IClient<GetParameters.Request, GetParameters.Response> _get;
    private readonly IClient<ListParameters.Request, ListParameters.Response> _list;
    private readonly IClient<SetParameters.Request, SetParameters.Response> _set;
    private readonly IClient<SetParametersAtomically.Request, SetParametersAtomically.Response> _setAtomically;

    /// <summary>Creates one.</summary>
    /// <param name="node">The node that asks, and disposes this at the latest.</param>
    /// <param name="remoteNode">The node that is asked, for example <c>/ns/camera</c>.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public ParameterClient(INode node, string remoteNode)
    {
        ArgumentNullException.ThrowIfNull(node);
        _describe = Create<DescribeParameters.Request, DescribeParameters.Response>("describe_parameters");
        _get = Create<GetParameters.Request, GetParameters.Response>("get_parameters");
        _list = Create<ListParameters.Request, ListParameters.Response>("list_parameters");
        _set = Create<SetParameters.Request, SetParameters.Response>("set_parameters");
        _setAtomically = Create<SetParametersAtomically.Request, SetParametersAtomically.Response>(
            "set_parameters_atomically");

        IClient<TRequest, TResponse> Create<TRequest, TResponse>(string service)
            where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
            where TResponse : class, IMessage<TResponse>, new()
        {
            var client = node.CreateClient<TRequest, TResponse>($"{remoteNode}/{service}", QosProfile.Parameters);
            _clients.Add(client);
            return client;
        }
    }

    /// <summary>Waits until the other node is there.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitForServiceAsync(CancellationToken cancellationToken = default)
    {
        await _describe.WaitForServiceAsync(cancellationToken).ConfigureAwait(false);
        await _get.WaitForServiceAsync(cancellationToken).ConfigureAwait(false);
        await _list.WaitForServiceAsync(cancellationToken).ConfigureAwait(false);
        await _set.WaitForServiceAsync(cancellationToken).ConfigureAwait(false);
        await _setAtomically.WaitForServiceAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The names of parameters.</summary>
    /// <param name="prefixes">Parameters or groups to look in, <c>a.b</c> for all <c>a.b.x</c>; none for everywhere.</param>
    /// <param name="depth">How many levels below each prefix; 0 for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ListParametersResult> ListAsync(
        IEnumerable<string> prefixes, ulong depth = 0, CancellationToken cancellationToken = default)
    {
        var request = new ListParameters.Request { Prefixes = [.. prefixes], Depth = depth };
        var response = await _list.CallAsync(request, cancellationToken).ConfigureAwait(false);
        return new ListParametersResult([.. response.Result.Names], [.. response.Result.Prefixes]);
    }

    /// <summary>The values of parameters, in the order of the names; not set where there is no such parameter.</summary>
    /// <exception cref="ParameterException">The other node answers with a value of an unknown type, or not for each name.</exception>
    public async Task<IReadOnlyList<ParameterValue>> GetAsync(
        IEnumerable<string> names, CancellationToken cancellationToken = default)
    {
        var request = new GetParameters.Request { Names = [.. names] };
        var response = await _get.CallAsync(request, cancellationToken).ConfigureAwait(false);
        return CheckCount(
            _get.ServiceName, request.Names.Count, [.. response.Values.Select(ParameterValue.FromMessage)]);
    }

    /// <summary>What parameters are for, in the order of the names.</summary>
    /// <exception cref="ParameterException">The other node does not answer for each name.</exception>
    public async Task<IReadOnlyList<ParameterDescriptor>> DescribeAsync(
        IEnumerable<string> names, CancellationToken cancellationToken = default)
    {
        var request = new DescribeParameters.Request { Names = [.. names] };
        var response = await _describe.CallAsync(request, cancellationToken).ConfigureAwait(false);
        return CheckCount(
            _describe.ServiceName, request.Names.Count, [.. response.Descriptors.Select(ParameterDescriptor.FromMessage)]);
    }

    /// <summary>Sets parameters, each for itself.</summary>
    /// <returns>For each whether it was set, and else why not.</returns>
    /// <exception cref="ParameterException">The other node does not answer for each parameter.</exception>
    public async Task<IReadOnlyList<SetParametersResult>> SetAsync(
        IEnumerable<Parameter> parameters, CancellationToken cancellationToken = default)
    {
        var request = new SetParameters.Request { Parameters = [.. parameters.Select(parameter => parameter.ToMessage())] };
        var response = await _set.CallAsync(request, cancellationToken).ConfigureAwait(false);
        return CheckCount(
            _set.ServiceName, request.Parameters.Count, [.. response.Results.Select(SetParametersResult.FromMessage)]);
    }

    /// <summary>Sets all of some parameters, or none.</summary>
    /// <returns>Whether they were set, and else why not.</returns>
    public async Task<SetParametersResult> SetAtomicallyAsync(
        IEnumerable<Parameter> parameters, CancellationToken cancellationToken = default)
    {
        var request = new SetParametersAtomically.Request
        {
            Parameters = [.. parameters.Select(parameter => parameter.ToMessage())],
        };
        var response = await _setAtomically.CallAsync(request, cancellationToken).ConfigureAwait(false);
        return SetParametersResult.FromMessage(response.Result);
    }

    /// <summary>Ends all calls.</summary>
    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private static T[] CheckCount<T>(string service, int asked, T[] answers) => answers.Length == asked
        ? answers
        : throw new ParameterException($"{service} gave {answers.Length} answers to {asked} questions: nodes of "
            + "rclcpp and rclpy give none if they have not declared one of the parameters.");
}
