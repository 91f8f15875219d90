using System.Reflection;
using System.Reflection.Emit;

namespace rclcs.Tests;

/// <summary>The middleware is the lowest part of the library: it knows CDR and some values of the public API, nothing else of it.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Library = typeof(Context).Assembly;

    private static readonly Type[] Values =
    [
        typeof(QosProfile), typeof(HistoryPolicy), typeof(ReliabilityPolicy), typeof(DurabilityPolicy),
        typeof(LivelinessPolicy), typeof(QosPolicyKind), typeof(Gid), typeof(MessageInfo), typeof(NodeNameAndNamespace),
        typeof(TopicEndpointInfo), typeof(RuntimeError),
    ];

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(operation => operation.Value);

    [Test]
    public void The_middleware_uses_nothing_of_the_parts_above_it() => Assert.That(
        Uses(IsMiddleware).Where(use => use.Used.Namespace == "rclcs" && !Values.Contains(use.Used)).Select(Describe),
        Is.Empty);

    [Test]
    public void What_uses_the_middleware_is_found() => Assert.That(
        Uses(type => type == typeof(Context)).Where(use => IsMiddleware(use.Used)).Select(Describe),
        Is.SupersetOf(new[]
        {
            "Context: IMiddlewareContext",      // a field
            "Context: MiddlewareEnvironment",   // a call in a method
            "Context: MiddlewareOptions",       // a local variable
        }));

    private static bool IsMiddleware(Type type) =>
        type.Namespace is { } space && (space == "rclcs.Middleware" || space.StartsWith("rclcs.Middleware.", StringComparison.Ordinal));

    private static string Describe((Type User, Type Used) use) => $"{Outermost(use.User).Name}: {use.Used.Name}";

    /// <summary>Which types of the library the chosen ones use, in declarations and in the code of their methods.</summary>
    private static IEnumerable<(Type User, Type Used)> Uses(Func<Type, bool> isChosen)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
            | BindingFlags.DeclaredOnly;
        foreach (var user in Library.GetTypes().Where(type => isChosen(Outermost(type))))
        {
            var fields = user.GetFields(all).Select(field => field.FieldType);
            MethodBase[] methods = [.. user.GetMethods(all), .. user.GetConstructors(all)];
            var signatures = methods.SelectMany(method =>
                method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType));
            var used = fields.Concat(signatures).Concat(methods.SelectMany(InBody)).Concat(user.GetInterfaces()).Append(user.BaseType);
            foreach (var type in used.SelectMany(Parts).Where(type => type.Assembly == Library).Distinct())
                yield return (user, type);
        }
    }

    private static IEnumerable<Type?> InBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
            return [];

        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return body.LocalVariables.Select(local => local.LocalType)
            .Concat(Tokens(body.GetILAsByteArray()!)
                .Select(token => method.Module.ResolveMember(token, typeArguments, methodArguments))
                .SelectMany(member => member is Type type
                    ? [type]
                    : new[] { member!.DeclaringType, (member as FieldInfo)?.FieldType, (member as MethodInfo)?.ReturnType }));
    }

    /// <summary>The types, methods and fields that code refers to.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var operation = code[at] == 0xfe ? OpCodesByValue[(short)(0xfe00 | code[at + 1])] : OpCodesByValue[code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok)
                yield return BitConverter.ToInt32(code, at);

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    /// <summary>The type itself, or what an array, pointer or generic type is made of.</summary>
    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null || type.IsGenericParameter)
            return [];

        if (type.HasElementType)
            return Parts(type.GetElementType());

        return type.IsGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
            : [type];
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
