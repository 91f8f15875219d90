using rclcs;

namespace VisionNodes;

/// <summary>
/// Parameters that change while a node works. A part of the node declares its own with <see cref="Add"/> and reads them
/// from their handles; with <see cref="OnChange"/> it says what a change of them needs: first, everything that may fail
/// is made of the new values (a rejected change leaves nothing behind), then it is put in place.
/// </summary>
public sealed class LiveParameters : IDisposable
{
    private readonly NodeParameters _parameters;
    private readonly Dictionary<string, ParameterValue> _staged = new(StringComparer.Ordinal);
    private readonly List<Part> _parts = [];
    private readonly IDisposable[] _callbacks;

    /// <summary>Begins with none.</summary>
    /// <param name="parameters">The node's; others may be declared on it beside these.</param>
    public LiveParameters(NodeParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _callbacks = [parameters.AddOnSetCallback(Stage), parameters.AddPostSetCallback(Commit)];
    }

    /// <summary>Allows a parameter the numbers of a range, both ends included.</summary>
    public static ParameterDescriptor Range(double from, double to) =>
        new() { FloatingPointRange = new FloatingPointRange(from, to) };

    /// <summary>Declares a parameter.</summary>
    /// <typeparam name="T">See <see cref="NodeParameters.Declare"/>.</typeparam>
    /// <param name="name">Its whole name, for example <c>haar.min_size</c>.</param>
    /// <param name="defaultValue">Its value unless another is given from outside.</param>
    /// <param name="description">What it is for, with its unit.</param>
    /// <param name="allowed">Which values it allows.</param>
    /// <exception cref="ParameterException">A value from outside is not allowed.</exception>
    public LiveParameter<T> Add<T>(string name, T defaultValue, string description, ParameterDescriptor? allowed = null)
        where T : notnull
    {
        _parameters.Declare(name, defaultValue, (allowed ?? new ParameterDescriptor()) with { Description = description });
        return new LiveParameter<T>(this, name, allowed?.FloatingPointRange);
    }

    /// <summary>Says what a change of some parameters needs.</summary>
    /// <param name="prefixes">Names, or groups such as <c>haar.</c>.</param>
    /// <param name="prepare">
    /// Checks the new values, which the handles give while this runs, and may make something of them. What it throws
    /// rejects the change, its message being the reason.
    /// </param>
    /// <param name="apply">Puts in place what was prepared, which belongs to it; must not fail.</param>
    public void OnChange(string[] prefixes, Func<IDisposable?> prepare, Action<IDisposable?> apply) =>
        _parts.Add(new Part(prefixes, prepare, apply));

    /// <summary>Changes are no longer looked at.</summary>
    public void Dispose()
    {
        Array.ForEach(_callbacks, callback => callback.Dispose());
        Discard();
    }

    internal T Get<T>(string name)
        where T : notnull => _staged.TryGetValue(name, out var value) ? value.As<T>() : _parameters.Get<T>(name);

    private SetParametersResult Stage(IReadOnlyList<Parameter> changes)
    {
        Discard(); // Of a change that another callback has rejected.
        foreach (var (name, value) in changes)
        {
            // What stays as it is needs nothing to be made anew.
            if (!_parameters.Has(name) || !value.Equals(_parameters.Get<ParameterValue>(name)))
                _staged[name] = value;
        }

        try
        {
            foreach (var part in _parts.Where(part => _staged.Keys.Any(part.Concerns)))
            {
                part.IsPrepared = true;
                part.Prepared = part.Prepare();
            }

            return SetParametersResult.Success;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Discard();
            return SetParametersResult.Rejected(VisionProgram.Describe(e) ?? e.Message);
        }
        finally
        {
            _staged.Clear();
        }
    }

    private void Commit(IReadOnlyList<Parameter> changes)
    {
        foreach (var part in _parts.Where(part => part.IsPrepared))
        {
            var prepared = part.Prepared;
            (part.IsPrepared, part.Prepared) = (false, null);
            part.Apply(prepared);
        }
    }

    private void Discard()
    {
        foreach (var part in _parts)
        {
            part.Prepared?.Dispose();
            (part.IsPrepared, part.Prepared) = (false, null);
        }
    }

    private sealed class Part(string[] prefixes, Func<IDisposable?> prepare, Action<IDisposable?> apply)
    {
        public Func<IDisposable?> Prepare => prepare;

        public Action<IDisposable?> Apply => apply;

        public bool IsPrepared { get; set; }

        public IDisposable? Prepared { get; set; }

        public bool Concerns(string name) => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }
}

/// <summary>A parameter of <see cref="LiveParameters"/>.</summary>
/// <typeparam name="T">Its type.</typeparam>
public sealed class LiveParameter<T>
    where T : notnull
{
    private readonly LiveParameters _parameters;
    private readonly FloatingPointRange? _range;

    internal LiveParameter(LiveParameters parameters, string name, FloatingPointRange? range) => (_parameters, Name, _range) = (parameters, name, range);

    /// <summary>Its whole name.</summary>
    public string Name { get; }

    /// <summary>Its value; inside of a part's <c>prepare</c>, the one that it is about to get. In its range to the last bit, see <see cref="FloatingPointRange"/>.</summary>
    public T Value => _parameters.Get<T>(Name) is var value && _range is not null && value is double number
        ? (T)(object)Math.Clamp(number, _range.From, _range.To)
        : value;
}
