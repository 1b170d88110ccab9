using System.Globalization;
using System.Text;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// The audio streams of a file as ffmpeg counts them. It copies nothing of them into its "framecrc" form, whose head is
/// meant for programs: "#codec_id 0: aac". Only asked about containers that may hold several.
/// </summary>
internal static class FfmpegTracks
{
    private const int MostText = 64 * 1024;

    // Those of the rest that hold one stream each need no question; Matroska and MP4 are read here.
    private static readonly HashSet<string> Several =
        ["avi", "asf", "mpegts", "mpeg", "nut", "rm", "ogg", ContentType.Guess];

    /// <summary>True if a container may hold several audio streams that only ffmpeg can count.</summary>
    public static bool MayBeSeveral(ContentType type) => Several.Contains(type.Demuxer);

    /// <summary>The audio streams in their order; empty if ffmpeg does not open the file.</summary>
    /// <param name="program">ffmpeg's full path.</param>
    /// <param name="stream">Not owned; its position is left undefined.</param>
    /// <param name="type">What it holds.</param>
    public static IReadOnlyList<AudioTrack> Of(string program, Stream stream, ContentType type)
    {
        try
        {
            using var input = new FfmpegInput(stream, type.Demuxer);
            using var process = new FfmpegProcess(
                program,
                [
                    .. FfmpegProcess.Common,
                    .. FfmpegProcess.Input(input.Path, type.Demuxer),
                    .. (string[])["-map", "0:a", "-c", "copy", "-t", "0", "-f", "framecrc", "pipe:1"],
                ],
                new DecodeLimits().DecoderTimeout);
            byte[] text = new byte[MostText];
            int length = process.Read(text);
            return Parse(Encoding.UTF8.GetString(text, 0, length));
        }
        catch (InputException)
        {
            return [];           // whoever decodes it will say what is wrong
        }
    }

    internal static IReadOnlyList<AudioTrack> Parse(string text)
    {
        const string Codec = "#codec_id ";      // of each stream: its number, what it is
        var tracks = new List<AudioTrack>();
        foreach (string line in text.Split('\n'))
        {
            if (
                line.StartsWith(Codec, StringComparison.Ordinal)
                && line[Codec.Length..].Split(':', 2) is [var number, var codec]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && index == tracks.Count)
            {
                tracks.Add(new AudioTrack(index + 1) { Codec = codec.Trim() });
            }
        }

        return tracks;
    }
}
