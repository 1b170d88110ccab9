using System.Globalization;

namespace VoiceClean.Reporting;

/// <summary>What a report is to be.</summary>
internal sealed record ReportOptions
{
    /// <summary>Its heading; null = the words of the language.</summary>
    public string? Title { get; init; }

    /// <summary>"en" or "zh-CN".</summary>
    public string Language { get; init; } = ReportWords.Default;

    /// <summary>What can be listened to.</summary>
    public AudioChoice Audio { get; init; } = AudioChoice.Links;

    /// <summary>Of how many recordings pictures are drawn, 0 to 1000.</summary>
    public int Worst { get; init; } = 20;

    /// <summary>The folder in which the report will lie, from which links are relative.</summary>
    public string Folder { get; init; } = ".";
}

/// <summary>What of a report can be listened to.</summary>
/// <param name="AreLinked">Whether recordings and results are linked where they lie.</param>
/// <param name="Embedded">Of how many recordings the sound itself is in the report.</param>
internal readonly record struct AudioChoice(bool AreLinked, int Embedded)
{
    /// <summary>Nothing.</summary>
    public static AudioChoice None => new(false, 0);

    /// <summary>All of it, where it lies.</summary>
    public static AudioChoice Links => new(true, 0);

    /// <summary>Reads "none", "links" or "worst:20"; null if it is none of them.</summary>
    public static AudioChoice? TryParse(string text) => text switch
    {
        "none" => None,
        "links" => Links,
        ['w', 'o', 'r', 's', 't', ':', .. var count]
            when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is > 0 and <= 1000
            => new AudioChoice(false, n),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() =>
        Embedded > 0 ? FormattableString.Invariant($"worst:{Embedded}") : AreLinked ? "links" : "none";
}
