using System.Globalization;
using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>
/// Where a reader filled with silence what is missing of a recording, and the sentences that say so.
/// </summary>
/// <param name="sampleRate">[Hz]</param>
internal sealed class GapList(int sampleRate)
{
    private const int MostPlaces = 5;

    private readonly List<double> _places = [];
    private long _missing;
    private int _count;
    private Warning? _end;

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
    /// <param name="position">Where it begins [sample per channel].</param>
    /// <param name="missing">How much is missing there [sample per channel]; 0 if nothing is.</param>
    public void Add(long position, long missing)
    {
        if (_places.Count < MostPlaces)
        {
            _places.Add((double)position / sampleRate);
        }

        _missing += missing;
        _count++;
    }

    /// <summary>
    /// Compares what was delivered with what was declared, which may be 0 for nothing [sample per channel].
    /// </summary>
    public void End(long delivered, long declared)
    {
        if (delivered < declared)
        {
            _end = new Warning(
                WarningCodes.Truncated,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file ends after {(double)delivered / sampleRate:0.000} s where it declares "
                        + $"{(double)declared / sampleRate:0.000} s."));
        }
    }

    private string Sentence()
    {
        string places = string.Join(
            ", ",
            _places.Select(p => p.ToString("0.000", CultureInfo.InvariantCulture)));
        string more = _count > _places.Count
            ? string.Create(CultureInfo.InvariantCulture, $" and {_count - _places.Count} more places")
            : "";
        return _missing == 0
            ? $"The file is damaged at {places} s{more}; no sound is missing there."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The file is damaged at {places} s{more}: {(double)_missing / sampleRate:0.000} s are missing and "
                    + $"were filled with silence.");
    }
}
