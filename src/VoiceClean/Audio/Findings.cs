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

    /// <summary>Takes over the findings of another clip; they are immutable.</summary>
    internal void Add(Findings others) => _values.AddRange(others._values);

    /// <summary>All findings that go into the report, in the order in which they were first set.</summary>
    public IEnumerable<IReportedFinding> Reported => _values.OfType<IReportedFinding>();
}

/// <summary>A finding with figures for the report.</summary>
public interface IReportedFinding
{
    /// <summary>Adds its figures under snake_case keys that end in their unit ("gain_db", "kept_s").</summary>
    void Report(FigureList figures);
}
