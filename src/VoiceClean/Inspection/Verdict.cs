using System.Text.Json.Serialization;
using VoiceClean.Errors;

namespace VoiceClean.Inspection;

/// <summary>What a recording is good for.</summary>
[JsonConverter(typeof(WordConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Ready for training after the usual cleaning.</summary>
    Good,

    /// <summary>Usable; something could be better.</summary>
    Usable,

    /// <summary>Only if there is nothing else.</summary>
    Poor,

    /// <summary>Not at all: what the quality gate refuses.</summary>
    Hopeless,
}

/// <summary>One thing that is not as it should be.</summary>
/// <param name="Verdict">What it makes of the recording.</param>
/// <param name="Code">Stable snake_case code.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Advice">One line for whoever can record it again.</param>
internal sealed record Finding(Verdict Verdict, string Code, string Message, string Advice);

/// <summary>The judgement on a recording.</summary>
/// <param name="Findings">What is not as it should be, worst first; empty = fine.</param>
internal sealed record Assessment(IReadOnlyList<Finding> Findings)
{
    /// <summary>The worst of all findings.</summary>
    public Verdict Verdict => Findings.Count == 0 ? Verdict.Good : Findings[0].Verdict;

    /// <summary>One line for whoever can record it again, about the worst finding.</summary>
    public string Advice => Findings.Count == 0 ? "Fine as it is." : Findings[0].Advice;
}
