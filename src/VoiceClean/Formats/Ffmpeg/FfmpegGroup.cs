using System.Buffers.Binary;
using System.Globalization;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Mp4;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// Decodes several small files in one ffmpeg process, which costs about 90 ms of processor time to start and 6 ms for a
/// clip of 5 s. Each goes to a nameless temporary file that ffmpeg opens under the name Linux lends it, so nothing is
/// left behind whatever ends us, no pipe can fill up, and the samples are those that a process of its own would have
/// delivered.
/// </summary>
/// <remarks>
/// All or nothing: which of the files a complaint of ffmpeg is about cannot be told for certain, so after any doubt (an
/// exit code, a word on the error stream, a file at its limit, time out) every file goes alone.
/// </remarks>
internal static class FfmpegGroup
{
    /// <summary>Number of files per process at most, 1 to <see cref="MostFiles"/>; 1 = each alone.</summary>
    public const string Variable = "VOICECLEAN_FFMPEG_GROUP";

    /// <summary>Beyond it the start of a process is a small part of the whole.</summary>
    public const int MostFiles = 8;

    private const long LargestInput = 2 << 20, LongestSeconds = 40;

    // A group takes about half a second; whatever takes this long hangs, or the machine does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How many files may go together here: 1 where nameless files have no names to lend, or ffmpeg is missing.
    /// </summary>
    public static int Size =>
        !OperatingSystem.IsLinux() || FfmpegProgram.Path is null ? 1
        : int.TryParse(
            Environment.GetEnvironmentVariable(Variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int chosen)
            ? Math.Clamp(chosen, 1, MostFiles)
        : MostFiles;

    /// <summary>
    /// How large a file becomes at most when decoded [byte], if it may go with others: small MP4 audio that declares a
    /// short length (as stereo at 48 kHz; ffmpeg is held to it). Null for everything else, also for what cannot be
    /// read. The position is left undefined.
    /// </summary>
    public static long? OutputLimit(Stream stream)
    {
        try
        {
            // What else ffmpeg reads does not say how long it is.
            if (
                !stream.CanSeek
                || stream.Length is 0 or > LargestInput
                || ContentType.Of(Header.Read(stream, 0)) is not { Demuxer: "mov" }
                || Mp4Movie.Read(stream, withSamples: false) is not { Tracks.Count: 1 } movie
                || Mp4Length.Of(movie, 1) is not { } length
                || length.Ticks / length.Timescale > LongestSeconds)
            {
                return null;
            }

            return ((length.Samples(48_000) + 4096) * 2 * sizeof(float)) + 4096;      // padding, header
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Decodes them.</summary>
    /// <param name="program">ffmpeg's full path.</param>
    /// <param name="inputs">Open files of which <see cref="OutputLimit"/> told the limit.</param>
    /// <param name="cancellation">Kills ffmpeg.</param>
    /// <returns>For each input, in order, what the caller has to dispose of; all null after any doubt.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DecodedFile?[] Decode(
        string program,
        IReadOnlyList<(FileStream Stream, long Limit)> inputs,
        CancellationToken cancellation) => Decode(program, inputs, Patience, cancellation);

    internal static DecodedFile?[] Decode(
        string program,
        IReadOnlyList<(FileStream Stream, long Limit)> inputs,
        TimeSpan patience,
        CancellationToken cancellation)
    {
        var files = new List<FileStream>();
        bool isGood = false;
        try
        {
            foreach (var _ in inputs)
            {
                files.Add(TemporaryFile.Create());
            }

            isGood =
                Run(program, Arguments(inputs, files), patience, cancellation)
                && !files.Where((f, i) => !IsWhole(f, inputs[i].Limit)).Any();
        }
        catch (Exception e) when (e is VoiceCleanException or IOException or UnauthorizedAccessException)
        {
            // No space, no more handles, not to be started, timed out: alone, each will say what is wrong, or nothing
            // is.
        }
        finally
        {
            if (!isGood)
            {
                files.ForEach(f => f.Dispose());
            }
        }

        return isGood ? [.. files.Select(f => new DecodedFile(f))] : new DecodedFile?[inputs.Count];
    }

    private static List<string> Arguments(IReadOnlyList<(FileStream Stream, long Limit)> inputs, List<FileStream> files)
    {
        List<string> arguments = ["-y", .. FfmpegProcess.Common];
        foreach ((FileStream stream, _) in inputs)
        {
            arguments.AddRange(FfmpegProcess.Input(PathOf(stream), "mov"));
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            // Its own tags, as alone: by default all outputs get those of the first input.
            arguments.AddRange([
                .. FfmpegProcess.Output(i),
                "-map_metadata",
                Text(i),
                "-fs",
                Text(inputs[i].Limit),
                "file:" + PathOf(files[i]),
            ]);
        }

        return arguments;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string PathOf(FileStream stream)
        => FfmpegInput.PathOf(stream) ?? throw new IOException("The system lends no name to an open file.");

    /// <summary>True if it ended well and had nothing to say.</summary>
    private static bool Run(string program, List<string> arguments, TimeSpan patience, CancellationToken cancellation)
    {
        using var process = new FfmpegProcess(program, arguments, patience);
        using CancellationTokenRegistration registration = cancellation.Register(process.Abort);
        return process.Read(stackalloc byte[1]) == 0       // nothing goes there; it closes when ffmpeg ends
            && process.Finish() is { ExitCode: 0, LastError: "" };
    }

    /// <summary>
    /// Whether the header, which ffmpeg completes last, speaks of as many bytes as there are, and the limit was not
    /// what ended it.
    /// </summary>
    private static bool IsWhole(FileStream file, long limit)
    {
        Span<byte> header = stackalloc byte[8];
        file.Position = 0;
        bool isWhole =
            file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            && header.StartsWith("RIFF"u8)
            && BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) + 8L == file.Length
            && file.Length < limit;
        file.Position = 0;
        return isWhole;
    }
}
