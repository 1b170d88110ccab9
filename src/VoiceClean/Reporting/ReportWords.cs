using System.Text.Json;

namespace VoiceClean.Reporting;

/// <summary>The words of the page, one file a language with the same keys.</summary>
internal static class ReportWords
{
    /// <summary>The language of who asks for none.</summary>
    public const string Default = "en";

    private const string Prefix = "VoiceClean.Reporting.Words.";

    /// <summary>The languages there are.</summary>
    public static IReadOnlyList<string> Languages { get; } = [Default, "zh-CN"];

    /// <summary>The sentences of a language by their keys.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    public static IReadOnlyDictionary<string, string> Of(string language)
    {
        using JsonDocument json = JsonDocument.Parse(PageFiles.Bytes(Prefix + language + ".json"));
        return json.RootElement.EnumerateObject().ToDictionary(
            p => p.Name,
            p => p.Value.GetString() ?? "",
            StringComparer.Ordinal);
    }

    /// <summary>A sentence with its slots filled; the key itself where there is none.</summary>
    /// <param name="words">Those of the language.</param>
    /// <param name="key">Which sentence.</param>
    /// <param name="slots">Names and what stands for them.</param>
    public static string Say(
        IReadOnlyDictionary<string, string> words,
        string key,
        params (string Name, string Value)[] slots) =>
        slots.Aggregate(
            words.GetValueOrDefault(key, key),
            (text, slot) => text.Replace($"{{{slot.Name}}}", slot.Value, StringComparison.Ordinal));
}
