using VoiceClean.Cleaning.Reports;

namespace VoiceClean.Runs;

/// <summary>What a run found when it opened its output folder.</summary>
/// <param name="Items">Number of inputs of this run.</param>
/// <param name="RemovedTemporaries">Number of temporary files that a killed run had left.</param>
/// <param name="JournalLines">Number of results that earlier runs have noted.</param>
/// <param name="IgnoredLines">Number of torn or corrupt lines in the journal.</param>
/// <param name="Outdated">Number of recordings of a set whose record no longer fits the plan; null = no set.</param>
internal sealed record RunStart(
    int Items,
    int RemovedTemporaries = 0,
    int JournalLines = 0,
    int IgnoredLines = 0,
    int? Outdated = null);

/// <summary>Is told what happens in a run.</summary>
internal interface IRunObserver
{
    /// <summary>
    /// Whether reports shall say what recordings measure before and after; it takes an eighth of the time. Asked before
    /// the work begins.
    /// </summary>
    bool ReadsMeasurements => true;

    /// <summary>The work begins; once, before anything else.</summary>
    void Started(RunStart start)
    {
    }

    /// <summary>An input has got its verdict; in any order, from any thread.</summary>
    void Completed(ClipReport report);

    /// <summary>A command for speech recognition is done with so many clips of so many.</summary>
    void Transcribed(int clips, int of)
    {
    }

    /// <summary>The same verdicts once more, one at a time, in the order of the plan.</summary>
    void Report(ClipReport report);
}
