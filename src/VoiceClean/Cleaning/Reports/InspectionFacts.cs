using VoiceClean.Inspection;

namespace VoiceClean.Cleaning.Reports;

/// <summary>What an inspection found, in the report of a recording that was only looked at.</summary>
/// <param name="Verdict">What the recording is good for.</param>
/// <param name="Advice">One line for whoever can record it again.</param>
public sealed record InspectionFacts(Verdict Verdict, string Advice);
