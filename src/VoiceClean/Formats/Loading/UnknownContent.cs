using System.Text.Unicode;
using VoiceClean.Errors;
using VoiceClean.Formats.Ffmpeg;

namespace VoiceClean.Formats.Loading;

/// <summary>What is said of files that no decoder opens, by their first bytes.</summary>
internal static class UnknownContent
{
    /// <summary>True if it may be audio all the same: it is no text, and nothing else that has a name here.</summary>
    public static bool MayBeAudio(ReadOnlySpan<byte> header) =>
        header.Length >= 12 && !IsText(header) && ContentType.NameOfOther(header) is null;

    /// <summary>The refusal where a decoder would read it that is not installed.</summary>
    /// <param name="header">The first bytes.</param>
    /// <param name="missing">What would be needed, best first; at least one.</param>
    /// <param name="failure">Why another decoder could not read it; null if there was none.</param>
    public static InputException CodecMissing(byte[] header, List<DecoderRequirement> missing, InputException? failure)
    {
        string container = ContentType.Of(header)?.Container.ToUpperInvariant() ?? "audio of a kind";
        string reason = failure is null
            ? $"The file is {container}, for which no decoder is installed."
            : failure.Message;
        return new InputException(ReasonCodes.UnsupportedFormat, $"{reason} {missing[0].HowToInstall}", failure);
    }

    /// <summary>The refusal of what nobody here knows.</summary>
    public static InputException Refusal(byte[] header) =>
        ContentType.NameOfOther(header) is { } name
            ? new InputException(ReasonCodes.UnsupportedFormat, $"The content is {name}.")
        : header.Length < 12
            ? new InputException(
                ReasonCodes.Truncated,
                $"The file has only {Counted.Of(header.Length, "byte")}, too few for any recording; copy it again.")
        : new InputException(
            ReasonCodes.UnsupportedFormat,
            "The content is not audio in any format known here"
                + $"{(FfmpegProgram.Path is null ? ", and ffmpeg, which knows more, is not installed" : "")}; "
                + "convert it to WAV or FLAC.");

    /// <summary>No control characters but those of texts, and UTF-8 (whose last character may be cut).</summary>
    private static bool IsText(ReadOnlySpan<byte> header) =>
        !header.ContainsAnyInRange((byte)0, (byte)8)
        && (Utf8.IsValid(header)
            || Utf8.IsValid(header[..^1])
            || Utf8.IsValid(header[..^2])
            || Utf8.IsValid(header[..^3]));
}
