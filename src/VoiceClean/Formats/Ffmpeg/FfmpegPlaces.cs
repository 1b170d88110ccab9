using System.Globalization;
using System.Text;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// Where sound is missing in a damaged file, which ffmpeg's complaints do not say: it decodes the stream once more into
/// its "framecrc" form, a line for each frame with its time and length, and the times have holes.
/// </summary>
internal sealed class FfmpegPlaces
{
    // The times of some containers are rounded to milliseconds; the shortest frame is 2.5 ms, most are 20.
    private const double LeastHole = 0.008;

    private const int BlockBytes = 64 * 1024, LongestLine = 4096, MostHoles = 1000;

    private readonly List<Hole> _holes = [];
    private double _tick;                     // [s]
    private long? _first, _expected;          // [tick]
    private double _delivered;                // [s]

    /// <summary>A place where something is missing.</summary>
    /// <param name="FileS">Where it is by the file's own clock [s].</param>
    /// <param name="DeliveredS">Where it is in what ffmpeg delivers, where nothing stands for it [s].</param>
    /// <param name="LengthS">How much is missing [s].</param>
    internal readonly record struct Hole(double FileS, double DeliveredS, double LengthS);

    /// <summary>Finds the places; empty where the times of the frames tell of none.</summary>
    /// <param name="program">ffmpeg's full path.</param>
    /// <param name="path">The input's full path.</param>
    /// <param name="demuxer">As for <see cref="FfmpegProcess"/>.</param>
    /// <param name="timeout">How long it may stay silent.</param>
    /// <param name="track">Which audio stream, 1 for the first.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<Hole> Find(
        string program,
        string path,
        string demuxer,
        TimeSpan timeout,
        int track,
        CancellationToken cancellation)
    {
        var places = new FfmpegPlaces();
        try
        {
            using var process = new FfmpegProcess(
                program,
                [
                    .. FfmpegProcess.Common,
                    .. FfmpegProcess.Input(path, demuxer),
                    .. (string[])["-map", FfmpegProcess.Stream(0, track), "-c:a", "pcm_s16le", "-f", "framecrc"],
                    "pipe:1",
                ],
                timeout);
            using CancellationTokenRegistration registration = cancellation.Register(process.Abort);
            byte[] block = new byte[BlockBytes];
            int kept = 0;
            for (int count; (count = process.Read(block.AsSpan(kept))) > 0;)
            {
                int end = kept + count, done = places.ReadLines(block.AsSpan(0, end));
                kept = end - done > LongestLine ? 0 : end - done;
                block.AsSpan(end - kept, kept).CopyTo(block);
            }
        }
        catch (InputException)
        {
            // What was found so far will do.
        }

        return places._holes;
    }

    /// <summary>Takes all whole lines; returns how many bytes they are.</summary>
    internal int ReadLines(ReadOnlySpan<byte> text)
    {
        int done = 0;
        for (int length; (length = text[done..].IndexOf((byte)'\n')) >= 0; done += length + 1)
        {
            ReadLine(Encoding.ASCII.GetString(text.Slice(done, length)));
        }

        return done;
    }

    internal IReadOnlyList<Hole> Holes => _holes;

    private void ReadLine(string line)
    {
        if (line.StartsWith("#tb 0: ", StringComparison.Ordinal))
        {
            string[] parts = line[7..].Split('/');
            _tick = parts.Length == 2 && TryParse(parts[0], out long over) && TryParse(parts[1], out long under)
                && under > 0
                ? (double)over / under
                : 0;
            return;
        }

        // stream, dts, pts, duration, size, checksum
        string[] fields = line.Split(',');
        if (
            _tick <= 0
            || fields.Length < 6
            || !TryParse(fields[2], out long time)
            || !TryParse(fields[3], out long duration))
        {
            return;
        }

        _first ??= time;
        double missing = _expected is { } expected ? (time - expected) * _tick : 0;
        if (missing > LeastHole && _holes.Count < MostHoles)
        {
            _holes.Add(new Hole((_expected!.Value - _first.Value) * _tick, _delivered, missing));
        }

        _expected = time + duration;
        _delivered += duration * _tick;
    }

    private static bool TryParse(string text, out long value) =>
        long.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
