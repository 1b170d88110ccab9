using System.Globalization;

namespace VoiceClean.Errors;

/// <summary>Numbers of things in sentences: "1 clip", "2 clips".</summary>
internal static class Counted
{
    /// <summary>The number and the thing, in the plural unless there is one of it.</summary>
    /// <param name="count">How many.</param>
    /// <param name="thing">The singular, whose plural ends in s: "clip".</param>
    public static string Of(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");
}
