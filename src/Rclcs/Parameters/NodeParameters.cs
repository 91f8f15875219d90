namespace rclcs;

/// <summary>
/// The parameters of a node, <see cref="INode.Parameters"/>. They change as rclcpp's do: pre-set callbacks may alter what
/// is to be set, types and ranges are checked, on-set callbacks accept or reject, the values change, post-set callbacks
/// are notified.
/// </summary>
/// <remarks>
/// All members may be called from any thread. Callbacks run on the thread that changes parameters, one change at a time
/// and the last one added first; they may read parameters but not change them. Reading does not wait for callbacks.
/// </remarks>
/// <example>
/// <code>
/// var threshold = node.Parameters.Declare("threshold", 0.5, new ParameterDescriptor
/// {
///     Description = "Lowest score that counts",
///     FloatingPointRange = new FloatingPointRange(0, 1),
/// });
/// </code>
/// </example>
public sealed class NodeParameters
{
    // Held while parameters change, callbacks and all; only its holder writes what the other one guards.
    private readonly Lock _changeLock = new();
    private readonly Lock _storeLock = new();
    private readonly SortedDictionary<string, Declared> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParameterOverride> _overrides = new(StringComparer.Ordinal);
    private readonly List<ParameterOverride> _ofOthers = [];
    private readonly CallbackList<Action<IList<Parameter>>> _preSet = new();
    private readonly CallbackList<Func<IReadOnlyList<Parameter>, SetParametersResult>> _onSet = new();
    private readonly CallbackList<Action<IReadOnlyList<Parameter>>> _postSet = new();
    private readonly string _node;
    private readonly bool _allowUndeclared;
    private bool _warnedOfUndeclared;

    /// <summary>Creates them, none declared.</summary>
    /// <param name="node">Whose parameters they are.</param>
    /// <param name="overrides">Values from outside, of which those for the node are used; later ones win.</param>
    /// <param name="allowUndeclared">See <see cref="NodeOptions.AllowUndeclaredParameters"/>.</param>
    internal NodeParameters(NodeNameAndNamespace node, IEnumerable<ParameterOverride> overrides, bool allowUndeclared = false)
    {
        _node = node.FullyQualifiedName;
        _allowUndeclared = allowUndeclared;
        foreach (var value in overrides)
        {
            if (!value.Node.Matches(node))
            {
                _ofOthers.Add(value);
                continue;
            }

            value.File?.Use();
            _overrides[value.Name] = value;
        }
    }

    /// <summary>Names of the declared parameters, sorted.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_storeLock)
                return [.. _declared.Keys];
        }
    }

    /// <summary>Whether it can be said by now which given values nobody declares.</summary>
    internal bool MayWarnOfUndeclared { get; set; } = true;

    /// <summary>Called with every change, in order; not called any more once another is set.</summary>
    internal Action<ParameterChange>? Reporter
    {
        private get;
        set
        {
            lock (_changeLock)
                field = value;
        }
    }

    /// <summary>Called with what was set, after all callbacks and with no lock held, so that it may wait for threads that set parameters.</summary>
    internal Action<IReadOnlyList<Parameter>>? AfterSet { private get; set; }

    /// <summary>Declares a parameter and gives it the value of the command line or parameter files, or else the default.</summary>
    /// <typeparam name="T">
    /// bool, long, double, string, or an array of one of them or of byte; or <see cref="ParameterValue"/>.
    /// </typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="defaultValue">
    /// The value if none is given from outside; its type stays the parameter's, unless the descriptor allows others.
    /// </param>
    /// <param name="descriptor">What it is for and which values it allows.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ParameterException">
    /// It is declared already, or the value is of another type, out of range or rejected by a callback; says where
    /// the value comes from.
    /// </exception>
    public T Declare<T>(string name, T defaultValue, ParameterDescriptor? descriptor = null)
        where T : notnull =>
        DeclareValue(name, ParameterValue.From(defaultValue), descriptor ?? new ParameterDescriptor()).As<T>(Named(name));

    /// <summary>Takes a parameter away again.</summary>
    /// <exception cref="ParameterException">It is not declared, or read-only.</exception>
    public void Undeclare(string name)
    {
        using var change = BeginChange();
        if (!_declared.TryGetValue(name, out var declared))
            throw new ParameterException(IsNotDeclared(name));

        if (declared.Descriptor.ReadOnly)
            throw new ParameterException(IsReadOnly(name));

        Reporter?.Invoke(Apply([new Parameter(name, ParameterValue.NotSet)]));
    }

    /// <summary>The value of a parameter; an array is a copy.</summary>
    /// <typeparam name="T">The parameter's type, or <see cref="ParameterValue"/> for whichever it has.</typeparam>
    /// <exception cref="ParameterException">It is not declared, or of another type.</exception>
    public T Get<T>(string name)
        where T : notnull => GetValue(name).As<T>(Named(name));

    /// <summary>What a parameter is for and which values it allows.</summary>
    /// <exception cref="ParameterException">It is not declared.</exception>
    public ParameterDescriptor Describe(string name)
    {
        lock (_storeLock)
        {
            return _declared.TryGetValue(name, out var declared)
                ? declared.Descriptor
                : throw new ParameterException(IsNotDeclared(name));
        }
    }

    /// <summary>Whether a parameter is declared.</summary>
    public bool Has(string name)
    {
        lock (_storeLock)
            return _declared.ContainsKey(name);
    }

    /// <summary>The declared parameters under some prefixes.</summary>
    /// <param name="prefixes">Parameters or groups to look in, <c>a.b</c> for all <c>a.b.x</c>; none for everywhere.</param>
    /// <param name="depth">How many levels below each prefix; 0 for all.</param>
    public ListParametersResult List(IReadOnlyCollection<string> prefixes, ulong depth = 0) =>
        ListParametersResult.Choose(Names, prefixes, depth);

    /// <summary>Sets a declared parameter if its type, its range and all callbacks allow it.</summary>
    /// <returns>Whether it was set, and else why not.</returns>
    /// <exception cref="ParameterException">Parameters cannot be of type T, or a callback of parameters calls this.</exception>
    public SetParametersResult Set<T>(string name, T value)
        where T : notnull => SetAtomically([Parameter.From(name, value)]);

    /// <summary>Sets parameters, each for itself.</summary>
    /// <returns>For each whether it was set, and else why not.</returns>
    /// <exception cref="ParameterException">A callback of parameters calls this.</exception>
    public IReadOnlyList<SetParametersResult> Set(IEnumerable<Parameter> parameters) =>
        [.. parameters.Select(parameter => SetAtomically([parameter]))];

    /// <summary>Sets all of some parameters, or none if one is not allowed. Callbacks get them together.</summary>
    /// <returns>Whether they were set, and else why not.</returns>
    /// <exception cref="ParameterException">A callback of parameters calls this.</exception>
    public SetParametersResult SetAtomically(IEnumerable<Parameter> parameters)
    {
        List<Parameter> set = [];
        try
        {
            return SetAtomically(parameters, set);
        }
        finally
        {
            if (set.Count > 0)
                AfterSet?.Invoke(set);
        }
    }

    /// <summary>Sets them and adds to <paramref name="set"/> what was set.</summary>
    private SetParametersResult SetAtomically(IEnumerable<Parameter> parameters, List<Parameter> set)
    {
        using var change = BeginChange();
        var asked = parameters.ToList();
        foreach (var callback in _preSet.All)
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

        var applied = Apply(staged);
        set.AddRange(staged);
        Notify(staged, applied);
        return SetParametersResult.Success;
    }

    /// <summary>Adds a callback that may alter what is set: change, add or remove parameters, before anything is checked.</summary>
    /// <returns>Removes the callback when disposed.</returns>
    public IDisposable AddPreSetCallback(Action<IList<Parameter>> callback) => _preSet.Add(callback);

    /// <summary>Adds a callback that may reject new values with a reason, also those that parameters are declared with.</summary>
    /// <param name="callback">
    /// Called before any value changes, with all that are to change together: if it rejects, none changes. Another callback
    /// may still reject, so nothing should be applied here.
    /// </param>
    /// <returns>Removes the callback when disposed.</returns>
    public IDisposable AddOnSetCallback(Func<IReadOnlyList<Parameter>, SetParametersResult> callback) =>
        _onSet.Add(callback);

    /// <summary>Adds a callback that is notified of new values, after they have been set: here they are applied.</summary>
    /// <returns>Removes the callback when disposed.</returns>
    public IDisposable AddPostSetCallback(Action<IReadOnlyList<Parameter>> callback) => _postSet.Add(callback);

    /// <summary>Declares what was given from outside and is not declared yet, see <see cref="NodeOptions.AutomaticallyDeclareParametersFromOverrides"/>.</summary>
    internal void DeclareOverrides()
    {
        foreach (var value in _overrides.Values.Where(value => !Has(value.Name)))
            DeclareValue(value.Name, value.Value, new ParameterDescriptor { DynamicTyping = true });
    }

    /// <summary>The values of parameters; not set for those that are not declared.</summary>
    internal IReadOnlyList<ParameterValue> GetAll(IEnumerable<string> names)
    {
        lock (_storeLock)
            return [.. names.Select(name => _declared.GetValueOrDefault(name)?.Value ?? ParameterValue.NotSet)];
    }

    /// <summary>What parameters are for; little but the name for those that are not declared.</summary>
    internal IReadOnlyList<ParameterDescriptor> DescribeAll(IEnumerable<string> names)
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

    /// <summary>
    /// Names values that were given for this node but that no node declares, and parameter files that have nothing for any node of this
    /// process: once, then never again. An executor does that when it begins to spin, so this is for programs that don't.
    /// </summary>
    /// <param name="logger">Gets a warning for each.</param>
    /// <param name="argumentsOnly">Passes over what files set, for a program that shares them with a node of more parameters.</param>
    public void WarnOfUndeclared(Logger logger, bool argumentsOnly = false)
    {
        lock (_storeLock)
        {
            if (_warnedOfUndeclared || !MayWarnOfUndeclared)
                return;

            _warnedOfUndeclared = true;
            // No lambda: it would have what it captures allocated at each call, and so each time that an executor spins once.
            foreach (var value in _overrides.Values)
            {
                if (_declared.ContainsKey(value.Name) || (argumentsOnly && !value.IsArgument) || !value.TryReport())
                    continue;

                var nearest = Spelling.Nearest(value.Name, _declared.Keys);
                logger.Warn(
                    $"There is no parameter '{value.Name}', which {value.Source} sets"
                    + (nearest is null ? "." : $": is '{nearest}' meant?"));
            }

            foreach (var value in _ofOthers)
            {
                if (value.File is { } file && file.TryReport())
                    logger.Warn($"The parameter file {file.Path} has nothing for {_node}, but for {SectionsOf(file)}: name the section {_node} or /**.");
            }
        }
    }

    private string SectionsOf(ParameterOverride.GivenFile file) =>
        string.Join(", ", _ofOthers.Where(value => value.File == file).Select(value => value.Node.Text).Distinct());

    private string Named(string name) => $"The parameter '{name}' of {_node}";

    private ParameterValue DeclareValue(string name, ParameterValue defaultValue, ParameterDescriptor descriptor)
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

        Notify(parameters, new ParameterChange(parameters, [], []));
        return value;
    }

    private ParameterValue GetValue(string name)
    {
        lock (_storeLock)
        {
            if (_declared.TryGetValue(name, out var declared))
                return declared.Value;

            return _allowUndeclared ? ParameterValue.NotSet : throw new ParameterException(IsNotDeclared(name));
        }
    }

    private Lock.Scope BeginChange() => _changeLock.IsHeldByCurrentThread
        ? throw new ParameterException($"The parameters of {_node} cannot be changed by a callback of theirs.")
        : _changeLock.EnterScope();

    private string IsReadOnly(string name) => $"The parameter '{name}' of {_node} is read-only.";

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
        if (descriptor.ReadOnly)
            return IsReadOnly(parameter.Name);

        if (parameter.Value.Type == ParameterType.NotSet)
        {
            return descriptor.DynamicTyping
                ? null
                : $"The parameter '{parameter.Name}' of {_node} is always {ParameterValue.NameOf(descriptor.Type)}: it needs a value.";
        }

        adapted = parameter with { Value = descriptor.Adapt(parameter.Value) };
        return descriptor.Validate(adapted.Value, _node);
    }

    private string? AskCallbacks(IReadOnlyList<Parameter> parameters)
    {
        foreach (var callback in _onSet.All)
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

    private void Notify(IReadOnlyList<Parameter> parameters, ParameterChange change)
    {
        try
        {
            foreach (var callback in _postSet.All)
                callback(parameters);
        }
        finally
        {
            Reporter?.Invoke(change);
        }
    }

    private sealed record Declared(ParameterValue Value, ParameterDescriptor Descriptor);
}

/// <summary>Parameters that have changed together. A parameter is in one of the three only.</summary>
/// <param name="Added">Those that are new.</param>
/// <param name="Changed">Those with a new value.</param>
/// <param name="Deleted">Those that are gone, without value.</param>
internal sealed record ParameterChange(
    IReadOnlyList<Parameter> Added, IReadOnlyList<Parameter> Changed, IReadOnlyList<Parameter> Deleted);

/// <summary>Callbacks that come and go. For any thread.</summary>
/// <typeparam name="T">Their type.</typeparam>
internal sealed class CallbackList<T>
    where T : Delegate
{
    private readonly Lock _changeLock = new();
    private volatile T[] _all = [];

    /// <summary>Those of now, the last one added first, as rclcpp calls them.</summary>
    public IReadOnlyList<T> All => _all;

    /// <summary>Adds one.</summary>
    /// <returns>Takes it out again when disposed.</returns>
    public IDisposable Add(T callback)
    {
        lock (_changeLock)
            _all = [callback, .. _all];

        return new Registration(this, callback);
    }

    private sealed class Registration(CallbackList<T> list, T callback) : IDisposable
    {
        private T? _callback = callback;

        public void Dispose()
        {
            lock (list._changeLock)
            {
                var at = Array.IndexOf(list._all, _callback);
                if (at >= 0)
                    list._all = [.. list._all[..at], .. list._all[(at + 1)..]];

                _callback = null;
            }
        }
    }
}
