namespace rclcs;

/// <summary>
/// The parameters of a node, which change as rclcpp's do: <see cref="PreSet"/> callbacks may alter what is to be set,
/// types and ranges are checked, <see cref="OnSet"/> callbacks accept or reject, the values change, <see cref="PostSet"/>
/// callbacks and the <see cref="Reporter"/> learn of it.
/// </summary>
/// <remarks>
/// For any thread. Callbacks run on the thread that changes parameters, one change at a time; they may read parameters
/// but not change them. Whoever reads does not wait for them.
/// </remarks>
internal sealed class ParameterStore
{
    // Held while parameters change, callbacks and all; only its holder writes what the other one guards.
    private readonly Lock _changeLock = new();
    private readonly Lock _storeLock = new();
    private readonly SortedDictionary<string, Declared> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParameterOverride> _overrides = new(StringComparer.Ordinal);
    private readonly string _node;
    private readonly bool _allowUndeclared;
    private bool _warnedOfUndeclared;

    /// <summary>Creates the store.</summary>
    /// <param name="node">Whose parameters they are.</param>
    /// <param name="overrides">Values from outside, of which those for the node are used; later ones win.</param>
    /// <param name="allowUndeclared">See <see cref="NodeOptions.AllowUndeclaredParameters"/>.</param>
    public ParameterStore(NodeNameAndNamespace node, IEnumerable<ParameterOverride> overrides, bool allowUndeclared = false)
    {
        _node = node.FullyQualifiedName;
        _allowUndeclared = allowUndeclared;
        foreach (var value in overrides.Where(value => value.Node.Matches(node)))
            _overrides[value.Name] = value;
    }

    /// <summary>See <see cref="INode.AddPreSetParametersCallback"/>.</summary>
    public CallbackList<Action<IList<Parameter>>> PreSet { get; } = new();

    /// <summary>See <see cref="INode.AddOnSetParametersCallback"/>.</summary>
    public CallbackList<Func<IReadOnlyList<Parameter>, SetParametersResult>> OnSet { get; } = new();

    /// <summary>See <see cref="INode.AddPostSetParametersCallback"/>.</summary>
    public CallbackList<Action<IReadOnlyList<Parameter>>> PostSet { get; } = new();

    /// <summary>Learns of every change, in order; not called any more once another is set.</summary>
    public Action<ParameterChange>? Reporter
    {
        private get;
        set
        {
            lock (_changeLock)
                field = value;
        }
    }

    /// <summary>See <see cref="INode.ParameterNames"/>.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_storeLock)
                return [.. _declared.Keys];
        }
    }

    /// <summary>Declares what was given from outside and is not declared yet, see <see cref="NodeOptions.AutomaticallyDeclareParametersFromOverrides"/>.</summary>
    public void DeclareOverrides()
    {
        foreach (var value in _overrides.Values.Where(value => !Has(value.Name)))
            Declare(value.Name, value.Value, new ParameterDescriptor { DynamicTyping = true });
    }

    /// <summary>See <see cref="INode.DeclareParameter{T}"/>.</summary>
    public ParameterValue Declare(string name, ParameterValue defaultValue, ParameterDescriptor descriptor)
    {
        if (name.Length == 0)
            throw new InvalidNameException($"A parameter of {_node} has an empty name.");

        if (defaultValue.Type == ParameterType.NotSet && !descriptor.DynamicTyping)
        {
            throw new ParameterException(
                $"The parameter '{name}' of {_node} is declared without value: give it one, or DynamicTyping.");
        }

        using var change = BeginChange();
        if (_declared.ContainsKey(name))
            throw new ParameterException($"The parameter '{name}' of {_node} is declared twice.");

        var named = descriptor with { Name = name, Type = defaultValue.Type };
        var (value, source) = _overrides.TryGetValue(name, out var given)
            ? (named.Adapt(given.Value), given.Source)
            : (defaultValue, "its default");
        given?.Use();
        IReadOnlyList<Parameter> parameters = [new Parameter(name, value)];
        if (value.Type != ParameterType.NotSet && (named.Validate(value, _node) ?? AskCallbacks(parameters)) is { } reason)
            throw new ParameterException($"{reason} The value comes from {source}.");

        lock (_storeLock)
            _declared.Add(name, new Declared(value, named with { Type = value.Type }));

        Tell(parameters, new ParameterChange(parameters, [], []));
        return value;
    }

    /// <summary>See <see cref="INode.UndeclareParameter"/>.</summary>
    public void Undeclare(string name)
    {
        using var change = BeginChange();
        if (!_declared.TryGetValue(name, out var declared))
            throw new ParameterException(IsNotDeclared(name));

        if (WhyFixed(declared.Descriptor) is { } reason)
            throw new ParameterException(reason);

        Reporter?.Invoke(Apply([new Parameter(name, ParameterValue.NotSet)]));
    }

    /// <summary>See <see cref="INode.GetParameter{T}"/>.</summary>
    public ParameterValue Get(string name)
    {
        lock (_storeLock)
        {
            if (_declared.TryGetValue(name, out var declared))
                return declared.Value;

            return _allowUndeclared ? ParameterValue.NotSet : throw new ParameterException(IsNotDeclared(name));
        }
    }

    /// <summary>The values of parameters; not set for those that are not declared.</summary>
    public IReadOnlyList<ParameterValue> GetAll(IEnumerable<string> names)
    {
        lock (_storeLock)
            return [.. names.Select(name => _declared.GetValueOrDefault(name)?.Value ?? ParameterValue.NotSet)];
    }

    /// <summary>See <see cref="INode.DescribeParameter"/>.</summary>
    public ParameterDescriptor Describe(string name)
    {
        lock (_storeLock)
        {
            return _declared.TryGetValue(name, out var declared)
                ? declared.Descriptor
                : throw new ParameterException(IsNotDeclared(name));
        }
    }

    /// <summary>What parameters are for; little but the name for those that are not declared.</summary>
    public IReadOnlyList<ParameterDescriptor> DescribeAll(IEnumerable<string> names)
    {
        lock (_storeLock)
        {
            return
            [
                .. names.Select(name =>
                    _declared.GetValueOrDefault(name)?.Descriptor ?? new ParameterDescriptor { Name = name }),
            ];
        }
    }

    /// <summary>See <see cref="INode.HasParameter"/>.</summary>
    public bool Has(string name)
    {
        lock (_storeLock)
            return _declared.ContainsKey(name);
    }

    /// <summary>See <see cref="INode.SetParametersAtomically"/>.</summary>
    public SetParametersResult Set(IEnumerable<Parameter> parameters)
    {
        using var change = BeginChange();
        var asked = parameters.ToList();
        foreach (var callback in PreSet.All)
            callback(asked);

        // Where a name comes twice, the later value counts.
        var staged = new List<Parameter>();
        foreach (var parameter in asked.AsEnumerable().Reverse().DistinctBy(parameter => parameter.Name).Reverse())
        {
            if (Stage(parameter, out var adapted) is { } reason)
                return SetParametersResult.Rejected(reason);

            staged.Add(adapted);
        }

        if (staged.Count == 0)
            return SetParametersResult.Rejected($"There is no parameter of {_node} to set.");

        if (AskCallbacks(staged) is { } refusal)
            return SetParametersResult.Rejected(refusal);

        Tell(staged, Apply(staged));
        return SetParametersResult.Success;
    }

    /// <summary>
    /// Names values that were given for this node but that no node declares: once, then never again. Those that a node
    /// allows undeclared are its own business.
    /// </summary>
    public void WarnOfUndeclared(Logger logger)
    {
        lock (_storeLock)
        {
            if (_warnedOfUndeclared)
                return;

            _warnedOfUndeclared = true;
            foreach (var value in _overrides.Values.Where(value => !_declared.ContainsKey(value.Name) && value.TryReport()))
            {
                var nearest = Spelling.Nearest(value.Name, _declared.Keys);
                logger.Warn(
                    $"There is no parameter '{value.Name}', which {value.Source} sets"
                    + (nearest is null ? "." : $": is '{nearest}' meant?"));
            }
        }
    }

    private Lock.Scope BeginChange() => _changeLock.IsHeldByCurrentThread
        ? throw new ParameterException($"The parameters of {_node} cannot be changed by a callback of theirs.")
        : _changeLock.EnterScope();

    private string IsNotDeclared(string name) => $"The parameter '{name}' of {_node} is not declared.";

    /// <summary>Looks whether a parameter may have a value.</summary>
    /// <returns>Why not, or null.</returns>
    private string? Stage(Parameter parameter, out Parameter adapted)
    {
        adapted = parameter;
        if (parameter.Name.Length == 0)
            return $"A parameter of {_node} has an empty name.";

        if (!_declared.TryGetValue(parameter.Name, out var declared))
            return _allowUndeclared ? null : IsNotDeclared(parameter.Name);

        var descriptor = declared.Descriptor;
        if (descriptor.ReadOnly || parameter.Value.Type == ParameterType.NotSet)
            return WhyFixed(descriptor);

        adapted = parameter with { Value = descriptor.Adapt(parameter.Value) };
        return descriptor.Validate(adapted.Value, _node);
    }

    private string? WhyFixed(ParameterDescriptor descriptor)
    {
        if (descriptor.ReadOnly)
            return $"The parameter '{descriptor.Name}' of {_node} is read-only.";

        return descriptor.DynamicTyping
            ? null
            : $"The parameter '{descriptor.Name}' of {_node} is always {ParameterValue.NameOf(descriptor.Type)}: it cannot be undeclared.";
    }

    private string? AskCallbacks(IReadOnlyList<Parameter> parameters)
    {
        foreach (var callback in OnSet.All)
        {
            var result = callback(parameters);
            if (!result.Successful)
            {
                return parameters is [var one]
                    ? $"The parameter '{one.Name}' of {_node} cannot be {one.Value}: {result.Reason}"
                    : $"The parameters of {_node} cannot be set together: {result.Reason}";
            }
        }

        return null;
    }

    private ParameterChange Apply(List<Parameter> parameters)
    {
        var (added, changed, deleted) = (new List<Parameter>(), new List<Parameter>(), new List<Parameter>());
        lock (_storeLock)
        {
            foreach (var parameter in parameters)
            {
                var (name, value) = parameter;
                if (value.Type == ParameterType.NotSet)
                {
                    if (_declared.Remove(name))
                        deleted.Add(parameter);

                    continue;
                }

                var isKnown = _declared.TryGetValue(name, out var declared);
                var descriptor = declared?.Descriptor ?? new ParameterDescriptor { Name = name, DynamicTyping = true };
                _declared[name] = new Declared(value, descriptor with { Type = value.Type });
                (isKnown ? changed : added).Add(parameter);
            }
        }

        return new ParameterChange(added, changed, deleted);
    }

    private void Tell(IReadOnlyList<Parameter> parameters, ParameterChange change)
    {
        foreach (var callback in PostSet.All)
            callback(parameters);

        Reporter?.Invoke(change);
    }

    private sealed record Declared(ParameterValue Value, ParameterDescriptor Descriptor);
}
