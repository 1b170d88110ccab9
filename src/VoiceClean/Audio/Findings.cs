namespace VoiceClean.Audio;

/// <summary>
/// What stages found out about a clip, one value per type. A stage that measures sets its finding; a later stage
/// or the report gets it by type. A finding that implements <see cref="IReportedFinding"/> also goes into the report.
/// </summary>
public sealed class Findings
{
    private readonly List<object> _values = [];

    /// <summary>Stores <paramref name="finding"/> and replaces an earlier one of the same type.</summary>
    public void Set<T>(T finding) where T : class
    {
        ArgumentNullException.ThrowIfNull(finding);
        int i = _values.FindIndex(v => v is T);
        if (i < 0)
        {
            _values.Add(finding);
        }
        else
        {
            (_values[i] as IHeldFinding)?.Dispose();
            _values[i] = finding;
        }
    }

    /// <summary>The finding of type <typeparamref name="T"/>, or null if no stage has set one.</summary>
    public T? TryGet<T>() where T : class => _values.Find(v => v is T) as T;

    /// <summary>The finding of type <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">No stage has set one: the stages stand in the wrong
    /// order.</exception>
    public T Get<T>()
        where T : class =>
        TryGet<T>()
        ?? throw new InvalidOperationException(
            $"No stage has found a {typeof(T).Name} yet; the stage that finds it must come earlier.");

    /// <summary>Takes over the findings of another clip: those that are immutable.</summary>
    internal void Add(Findings others) => _values.AddRange(others._values.Where(v => v is not IHeldFinding));

    /// <summary>Takes a finding away from the clip: what it holds is the caller's from now on. Null without
    /// one.</summary>
    internal T? Take<T>()
        where T : class, IHeldFinding
    {
        T? finding = TryGet<T>();
        if (finding is not null)
        {
            _values.Remove(finding);
        }

        return finding;
    }

    /// <summary>Gives back what findings hold.</summary>
    internal void Release()
    {
        foreach (IHeldFinding finding in _values.OfType<IHeldFinding>())
        {
            finding.Dispose();
        }

        _values.RemoveAll(v => v is IHeldFinding);
    }

    /// <summary>All findings that go into the report, in the order in which they were first set.</summary>
    public IEnumerable<IReportedFinding> Reported => _values.OfType<IReportedFinding>();
}

/// <summary>
/// A finding that holds more memory than figures: given back when another takes its place, and with the clip.
/// </summary>
internal interface IHeldFinding : IDisposable;

/// <summary>A finding with figures for the report.</summary>
public interface IReportedFinding
{
    /// <summary>Adds its figures under snake_case keys that end in their unit ("gain_db", "kept_s").</summary>
    void Report(FigureList figures);
}
