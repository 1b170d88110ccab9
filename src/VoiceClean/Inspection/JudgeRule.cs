namespace VoiceClean.Inspection;

/// <summary>On which side of its limit a figure is a fault.</summary>
internal enum Side
{
    /// <summary>Below the limit.</summary>
    Below,

    /// <summary>Above the limit.</summary>
    Above,
}

/// <summary>One row of the table by which recordings are judged.</summary>
internal sealed record JudgeRule
{
    /// <summary>Stable code of the finding.</summary>
    public required string Code { get; init; }

    /// <summary>What it makes of the recording.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The figure it looks at; null or not-a-number = not known, then the rule is silent.</summary>
    public required Func<Measurements, double?> Figure { get; init; }

    /// <summary>On which side of the limit the fault lies.</summary>
    public required Side Side { get; init; }

    /// <summary>The limit, in the unit of the figure; some come from the options.</summary>
    public required Func<QualityGateOptions, double> Limit { get; init; }

    /// <summary>The sentence: figures, value, limit.</summary>
    public required Func<Measurements, double, double, FormattableString> Sentence { get; init; }

    /// <summary>The advice: figures, value.</summary>
    public required Func<Measurements, double, FormattableString> Advice { get; init; }

    /// <summary>
    /// What it is about: of the rules about one subject only the first that applies is said. The rules about
    /// <see cref="Presence"/> silence all others.
    /// </summary>
    public required string Subject { get; init; }

    /// <summary>The subject of the rules that say there is nothing to judge.</summary>
    public const string Presence = "presence";

    /// <summary>The finding, or null if the rule does not apply.</summary>
    public Finding? Apply(Measurements measured, QualityGateOptions options)
    {
        double value = Figure(measured) ?? double.NaN, limit = Limit(options);
        bool isFault = Side == Side.Below ? value < limit : value > limit;
        return isFault
            ? new Finding(
                Verdict,
                Code,
                FormattableString.Invariant(Sentence(measured, value, limit)),
                FormattableString.Invariant(Advice(measured, value)))
            : null;
    }
}
