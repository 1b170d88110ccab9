using VoiceClean.Web.Http;

namespace VoiceClean.Web.Microphone;

/// <summary>What the page of the microphone check is made of, for a server that shows nothing else.</summary>
internal static class MicrophonePage
{
    /// <summary>Its files.</summary>
    public static IReadOnlyList<string> Parts { get; } =
    [
        "palette.css", "mic.css", "icon.svg", "js/i18n.js", "i18n/mic.en.json", "i18n/mic.zh-CN.json",
        .. Assets.All.Select(a => a.Path).Where(p => p.StartsWith("js/mic", StringComparison.Ordinal)),
    ];

    /// <summary>A part of it; null if it has none of this name.</summary>
    public static Asset? Find(string path) => Parts.Contains(path) ? Assets.Find(path) : null;
}
