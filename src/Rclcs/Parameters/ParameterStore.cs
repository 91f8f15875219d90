namespace rclcs;

/// <summary>The parameters of a node. For any thread; callbacks run on the thread that sets, one at a time.</summary>
internal sealed class ParameterStore
{
    private readonly Lock _storeLock = new();
    private readonly SortedDictionary<string, Declared> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParameterOverride> _overrides = new(StringComparer.Ordinal);
    private readonly List<Func<IReadOnlyList<Parameter>, SetParametersResult>> _callbacks = [];
    private readonly string _node;
    private bool _warnedOfUndeclared;

    /// <summary>Creates the store.</summary>
    /// <param name="node">Whose parameters they are.</param>
    /// <param name="overrides">Values from outside, of which those for the node are used; later ones win.</param>
    public ParameterStore(NodeNameAndNamespace node, IEnumerable<ParameterOverride> overrides)
    {
        _node = node.FullyQualifiedName;
        foreach (var value in overrides.Where(value => value.Node.Matches(node)))
            _overrides[value.Name] = value;
    }

    /// <summary>A parameter has been set. Raised on the thread that set it.</summary>
    public event Action<Parameter>? Changed;

    /// <summary>See <see cref="INode.ParameterNames"/>.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_storeLock)
                return [.. _declared.Keys];
        }
    }

    /// <summary>See <see cref="INode.DeclareParameter{T}"/>.</summary>
    public ParameterValue Declare(string name, ParameterValue defaultValue, ParameterDescriptor descriptor)
    {
        if (name.Length == 0)
            throw new InvalidNameException($"A parameter of {_node} has an empty name.");

        lock (_storeLock)
        {
            if (_declared.ContainsKey(name))
                throw new ParameterException($"The parameter '{name}' of {_node} is declared twice.");

            var value = defaultValue;
            var source = "its default";
            if (_overrides.TryGetValue(name, out var given))
            {
                value = Adapt(given.Value, defaultValue.Type);
                source = given.Source;
            }

            var reason = Validate(name, value, defaultValue.Type, descriptor) ?? AskCallbacks(name, value);
            if (reason is not null)
                throw new ParameterException($"{reason} The value comes from {source}.");

            _declared.Add(name, new Declared(value, descriptor));
            return value;
        }
    }

    /// <summary>See <see cref="INode.GetParameter{T}"/>.</summary>
    public ParameterValue Get(string name)
    {
        lock (_storeLock)
            return Find(name).Value;
    }

    /// <summary>See <see cref="INode.DescribeParameter"/>.</summary>
    public ParameterDescriptor Describe(string name)
    {
        lock (_storeLock)
            return Find(name).Descriptor;
    }

    /// <summary>See <see cref="INode.HasParameter"/>.</summary>
    public bool Has(string name)
    {
        lock (_storeLock)
            return _declared.ContainsKey(name);
    }

    /// <summary>See <see cref="INode.SetParameter{T}"/>.</summary>
    public SetParametersResult Set(string name, ParameterValue value)
    {
        ParameterValue adapted;
        lock (_storeLock)
        {
            if (!_declared.TryGetValue(name, out var declared))
                return SetParametersResult.Rejected($"The parameter '{name}' of {_node} is not declared.");

            var type = declared.Value.Type;
            adapted = Adapt(value, type);
            var reason = declared.Descriptor.ReadOnly
                ? $"The parameter '{name}' of {_node} is read-only."
                : Validate(name, adapted, type, declared.Descriptor) ?? AskCallbacks(name, adapted);
            if (reason is not null)
                return SetParametersResult.Rejected(reason);

            declared.Value = adapted;
        }

        Changed?.Invoke(new Parameter(name, adapted));
        return SetParametersResult.Success;
    }

    /// <summary>See <see cref="INode.AddOnSetParametersCallback"/>.</summary>
    public IDisposable AddCallback(Func<IReadOnlyList<Parameter>, SetParametersResult> callback)
    {
        lock (_storeLock)
            _callbacks.Add(callback);

        return new Registration(this, callback);
    }

    /// <summary>Names values that were given for this very node but that it doesn't know: once, then never again.</summary>
    public void WarnOfUndeclared(Logger logger)
    {
        lock (_storeLock)
        {
            if (_warnedOfUndeclared)
                return;

            _warnedOfUndeclared = true;

            // What a wildcard gives may be meant for others.
            foreach (var value in _overrides.Values.Where(value => value.Node.IsExact && !_declared.ContainsKey(value.Name)))
                logger.Warn($"There is no parameter '{value.Name}', which {value.Source} sets.");
        }
    }

    /// <summary>An empty array of a file may be meant for any type.</summary>
    private static ParameterValue Adapt(ParameterValue value, ParameterType type)
    {
        if (value.Type != ParameterType.StringArray || value.As<string[]>().Length > 0)
            return value;

        return type switch
        {
            ParameterType.ByteArray => ParameterValue.From(Array.Empty<byte>()),
            ParameterType.BoolArray => ParameterValue.From(Array.Empty<bool>()),
            ParameterType.IntegerArray => ParameterValue.From(Array.Empty<long>()),
            ParameterType.DoubleArray => ParameterValue.From(Array.Empty<double>()),
            _ => value,
        };
    }

    private Declared Find(string name) => _declared.TryGetValue(name, out var declared)
        ? declared
        : throw new ParameterException($"The parameter '{name}' of {_node} is not declared.");

    private string? Validate(string name, ParameterValue value, ParameterType type, ParameterDescriptor descriptor)
    {
        if (value.Type != type)
        {
            var hint = value.Type == ParameterType.Integer && type == ParameterType.Double ? $": write {value}.0" : "";
            return $"The parameter '{name}' of {_node} is {ParameterValue.Name(type)}, but {value} is "
                + $"{ParameterValue.Name(value.Type)}{hint}.";
        }

        var allowed = type switch
        {
            ParameterType.Integer or ParameterType.IntegerArray when descriptor.IntegerRange is { } range =>
                Integers(value).All(range.Contains) ? null : range.ToString(),
            ParameterType.Double or ParameterType.DoubleArray when descriptor.FloatingPointRange is { } range =>
                Doubles(value).All(range.Contains) ? null : range.ToString(),
            ParameterType.String or ParameterType.StringArray when descriptor.AllowedStrings is { } texts =>
                Strings(value).All(texts.Contains) ? null : string.Join(" or ", texts.Select(text => $"'{text}'")),
            _ => null,
        };
        return allowed is null
            ? null
            : $"The parameter '{name}' of {_node} cannot be {value}: {allowed} is allowed.";
    }

    private static long[] Integers(ParameterValue value) =>
        value.Type == ParameterType.Integer ? [value.As<long>()] : value.As<long[]>();

    private static double[] Doubles(ParameterValue value) =>
        value.Type == ParameterType.Double ? [value.As<double>()] : value.As<double[]>();

    private static string[] Strings(ParameterValue value) =>
        value.Type == ParameterType.String ? [value.As<string>()] : value.As<string[]>();

    private string? AskCallbacks(string name, ParameterValue value)
    {
        IReadOnlyList<Parameter> parameters = [new Parameter(name, value)];
        foreach (var callback in _callbacks.ToArray())
        {
            var result = callback(parameters);
            if (!result.Successful)
                return $"The parameter '{name}' of {_node} cannot be {value}: {result.Reason}";
        }

        return null;
    }

    private sealed class Declared(ParameterValue value, ParameterDescriptor descriptor)
    {
        public ParameterValue Value { get; set; } = value;

        public ParameterDescriptor Descriptor { get; } = descriptor;
    }

    private sealed class Registration(
        ParameterStore store, Func<IReadOnlyList<Parameter>, SetParametersResult> callback) : IDisposable
    {
        public void Dispose()
        {
            lock (store._storeLock)
                store._callbacks.Remove(callback);
        }
    }
}
