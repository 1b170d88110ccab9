using System.Globalization;
using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>
/// Where a reader filled with silence what is missing of a recording, and the sentences that say so.
/// </summary>
/// <param name="sampleRate">[Hz]</param>
internal sealed class GapList(int sampleRate)
{
    private const int MostNamed = 5, MostPlaces = 1000;

    private readonly List<Gap> _places = [];
    private long _missing;
    private int _count;
    private Warning? _end;

    /// <summary>
    /// The places, ascending; those without a sample between them are one, and of very many the last reaches to the end
    /// of them all.
    /// </summary>
    public IReadOnlyList<Gap> Places => _places;

    /// <summary>What a user should know; empty if nothing is missing.</summary>
    public IReadOnlyList<Warning> Warnings
    {
        get
        {
            var warnings = new List<Warning>();
            if (_count > 0)
            {
                warnings.Add(new Warning(WarningCodes.DamagedData, Sentence()));
            }

            if (_end is not null)
            {
                warnings.Add(_end);
            }

            return warnings;
        }
    }

    /// <summary>Notes a damaged place.</summary>
    /// <param name="position">Where it begins in what is delivered [sample per channel].</param>
    /// <param name="missing">How much is missing there and becomes silence [sample per channel]; 0 if nothing
    /// does.</param>
    public void Add(long position, long missing)
    {
        _missing += missing;
        if (_places.Count > 0 && (_places[^1] is var last) && (
            _places.Count == MostPlaces || position <= last.Position + last.Length))
        {
            _places[^1] = last with { Length = Math.Max(last.Length, position + missing - last.Position) };
            _count += position > last.Position + last.Length ? 1 : 0;
            return;
        }

        _places.Add(new Gap(position, missing));
        _count++;
    }

    /// <summary>
    /// Compares what was delivered with what was declared, which may be 0 for nothing [sample per channel].
    /// </summary>
    public void End(long delivered, long declared)
    {
        if (delivered < declared)
        {
            _end = EndsEarly((double)delivered / sampleRate, (double)declared / sampleRate);
        }
    }

    /// <summary>Says that a file is shorter than it declares, both in seconds.</summary>
    public static Warning EndsEarly(double delivered, double declared) =>
        new(
            WarningCodes.Truncated,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The file ends after {delivered:0.000} s where it declares {declared:0.000} s."));

    /// <summary>Says that the last frame of a file that does not declare how long it is is cut.</summary>
    /// <param name="seconds">Of a frame.</param>
    public static Warning EndsWithinFrame(double seconds) =>
        new(
            WarningCodes.Truncated,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The file ends within a frame: {seconds:0.000} s or more are missing."));

    /// <summary>Notes that the file has no mark of an end, as one that was cut.</summary>
    /// <param name="delivered">How much there was [sample per channel].</param>
    public void EndOpen(long delivered) =>
        _end = new Warning(
            WarningCodes.Truncated,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The file ends after {(double)delivered / sampleRate:0.000} s without the mark of an end: it was cut, "
                    + $"or its writer was stopped. How much is missing is not known."));

    /// <summary>"at 1.000, 2.500 s and 3 more places".</summary>
    /// <param name="seconds">The first places [s].</param>
    /// <param name="count">All of them.</param>
    internal static string At(IEnumerable<double> seconds, int count)
    {
        string[] named = [.. seconds.Take(MostNamed).Select(s => s.ToString("0.000", CultureInfo.InvariantCulture))];
        int more = count - named.Length;
        return $"at {string.Join(", ", named)} s"
            + (more == 0 ? "" : more == 1 ? " and one more place" : $" and {more} more places");
    }

    private string Sentence()
    {
        string places = At(_places.Select(p => (double)p.Position / sampleRate), _count);
        return _missing == 0
            ? $"The file is damaged {places}; no sound is missing there."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The file is damaged {places}: {(double)_missing / sampleRate:0.000} s are missing and "
                    + $"were filled with silence.");
    }
}
