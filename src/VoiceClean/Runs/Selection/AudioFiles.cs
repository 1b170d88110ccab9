using VoiceClean.Formats;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Runs.Selection;

/// <summary>Tells which files are audio. Not thread-safe.</summary>
/// <param name="decoders">Who recognises audio.</param>
internal sealed class AudioFiles(AudioDecoders decoders)
{
    private static readonly string[] TextExtensions =
        [".txt", ".lab", ".list", ".csv", ".tsv", ".json", ".jsonl", ".srt", ".vtt", ".lrc", ".md", ".log"];

    private readonly byte[] _header = new byte[Header.Length];
    private string? _extension;
    private bool _saysAudio;

    /// <summary>
    /// By the extension, which most often is that of the one before. Audio that nobody here reads is called so too, and
    /// fails with a reason.
    /// </summary>
    public bool AreCalled(string name)
    {
        ReadOnlySpan<char> extension = Path.GetExtension(name.AsSpan());
        if (!extension.SequenceEqual(_extension))
        {
            _extension = extension.ToString();
            _saysAudio = decoders.IsAudioName(name)
                || _extension.ToLowerInvariant() is ".dts" or ".gsm" or ".voc";
        }

        return _saysAudio;
    }

    /// <summary>By the first bytes.</summary>
    public bool IsOne(string path)
    {
        try
        {
            using var stream = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1);
            int length = stream.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false);
            // The mark of UTF-16 begins like a frame of MP3.
            bool isText =
                _header.AsSpan(0, length) is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
                && TextExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
            return !isText && decoders.All.Any(d => d.Recognizes(_header.AsSpan(0, length)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;      // without an extension that says audio there is no reason to think so
        }
    }
}
