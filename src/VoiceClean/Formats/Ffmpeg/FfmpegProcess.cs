using System.Diagnostics;
using System.Globalization;
using System.Text;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// One run of ffmpeg. No shell; only local files may be opened; it is killed when it stays
/// silent for too long, when the run is cancelled, and in any case when this is disposed of.
/// </summary>
internal sealed class FfmpegProcess : IFfmpegOutput
{
    private const int TailBytes = 4096;

    private readonly Process _process;
    private readonly Stream _output;
    private readonly Task<string> _errors;
    private readonly Timer _watchdog;
    private readonly TimeSpan _timeout;
    private bool _disposed;
    private bool _timedOut, _aborted;      // written by other threads, read behind the volatile accesses below

    /// <summary>Decodes one file to standard output.</summary>
    /// <param name="program">ffmpeg's full path.</param>
    /// <param name="path">The input's full path.</param>
    /// <param name="demuxer">Forced on ffmpeg, so that it does not guess from content: a playlist would make it open
    /// other files.</param>
    /// <param name="timeout">How long it may stay silent.</param>
    /// <param name="track">Which audio stream, 1 for the first.</param>
    /// <exception cref="InputException">The program cannot be started.</exception>
    public FfmpegProcess(string program, string path, string demuxer, TimeSpan timeout, int track = 1)
        : this(
            program,
            [.. Common, .. Input(path, demuxer), .. Filling(demuxer), .. Output(0, track), "pipe:1"],
            timeout)
    {
    }

    /// <summary>Starts it with arguments made of <see cref="Common"/>, inputs and outputs.</summary>
    /// <exception cref="InputException">The program cannot be started.</exception>
    public FfmpegProcess(string program, IEnumerable<string> arguments, TimeSpan timeout)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,      // or it would inherit ours, which may be a recording
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("FFREPORT");  // would write a log file
        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new InputException(
                ReasonCodes.DecodeFailed,
                $"ffmpeg cannot be started ({program}); install it anew, or name another one.",
                e);
        }

        _process.StandardInput.Close();
        _output = _process.StandardOutput.BaseStream;
        _errors = Task.Run(() => ReadTail(_process.StandardError.BaseStream));
        _timeout = timeout;
        _watchdog = new Timer(_ => Kill(ref _timedOut), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Arguments before all inputs.</summary>
    public static string[] Common { get; } = ["-nostdin", "-hide_banner", "-v", "error"];

    /// <summary>The arguments of an input.</summary>
    public static string[] Input(string path, string demuxer) =>
        [
            "-threads",
            "1",
            "-protocol_whitelist",
            "file,pipe",
            .. demuxer == ContentType.Guess ? Guessing : (string[])["-f", demuxer],
            "-i",
            "file:" + path,
        ];

    /// <summary>
    /// Lets ffmpeg find out what a file is, within bounds: by the first megabytes, and only among containers that hold
    /// sound themselves. What makes it open other files (concat, hls, dash, sdp, image2 …) is not among them.
    /// </summary>
    private static string[] Guessing { get; } =
        ["-probesize", "5M", "-analyzeduration", "5M", "-format_whitelist", Containers];

    private const string Containers =
        "aa,aac,aax,ac3,adx,aea,aiff,alp,amr,ape,apm,asf,ast,au,avi,avr,bfstm,bonk,brstm,caf,daud,dcstr,dsf,"
        + "dss,dts,dtshd,eac3,epaf,flac,flv,fsb,g729,genh,hca,iff,ilbc,ircam,kvag,laf,loas,matroska,webm,mlp,mmf,"
        + "mov,mp4,m4a,3gp,mp3,mpc,mpc8,mpeg,mpegts,msf,mtaf,mxf,nist,nut,ogg,oma,osq,paf,pvf,qcp,rm,rso,sbc,sds,shn,"
        + "sol,sox,spdif,svag,tak,truehd,tta,vag,voc,vqf,w64,wav,wsaud,wv,wve,xa,xvag,xwma";

    /// <summary>
    /// Telephones send nothing in pauses, or a hint of their noise, which ffmpeg's decoder of AMR leaves out: by the
    /// times of the frames silence takes their place.
    /// </summary>
    private static string[] Filling(string demuxer) =>
        demuxer == "amr" ? ["-af", "aresample=async=1:min_hard_comp=0.01:first_pts=0"] : [];

    /// <summary>An audio stream of an input in the words of <c>-map</c>.</summary>
    public static string Stream(int input, int track) =>
        string.Create(CultureInfo.InvariantCulture, $"{input}:a:{track - 1}");

    /// <summary>The arguments of the output of an input's audio stream, without its name.</summary>
    public static string[] Output(int input, int track = 1) =>
        [
            "-vn",
            "-sn",
            "-dn",
            "-map",
            Stream(input, track),
            "-c:a",
            "pcm_f32le",
            "-f",
            "wav",
        ];

    /// <summary>Fills <paramref name="buffer"/> as far as ffmpeg delivers; less only at the end.</summary>
    /// <exception cref="InputException">It stayed silent for too long.</exception>
    /// <exception cref="OperationCanceledException"><see cref="Abort"/> was called.</exception>
    public int Read(Span<byte> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            _watchdog.Change(_timeout, Timeout.InfiniteTimeSpan);
            int count = _output.Read(buffer[filled..]);
            _watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (count == 0)
            {
                ThrowIfKilled();
                break;
            }

            filled += count;
        }

        return filled;
    }

    /// <summary>
    /// Waits for the end and tells how it went; to be called once <see cref="Read"/> has come to the end.
    /// </summary>
    /// <returns>The exit code, and the last line of what it complained about (empty if it did not).</returns>
    public (int ExitCode, string LastError) Finish()
    {
        if (!_process.WaitForExit(_timeout))
        {
            Kill(ref _timedOut);
        }

        ThrowIfKilled();
        return (_process.ExitCode, LastComplaint(_errors.Result));
    }

    /// <summary>
    /// The last line that says something, without the part of ffmpeg and the address in memory before it; empty if none
    /// does.
    /// </summary>
    internal static string LastComplaint(string errors)
    {
        const string Repeated = "Last message repeated";
        string line = errors
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(l => !l.StartsWith(Repeated, StringComparison.Ordinal)) ?? "";
        int bracket = line.StartsWith('[') ? line.IndexOf("] ", StringComparison.Ordinal) : -1;
        return bracket > 0 ? line[(bracket + 2)..] : line;
    }

    /// <summary>Kills ffmpeg; may be called from any thread. A waiting <see cref="Read"/> then throws.</summary>
    public void Abort() => Kill(ref _aborted);

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Abort();
        _watchdog.Dispose();
        _process.WaitForExit(TimeSpan.FromSeconds(2));
        _process.Dispose();
    }

    private void ThrowIfKilled()
    {
        if (Volatile.Read(ref _aborted))
        {
            throw new OperationCanceledException();
        }

        if (Volatile.Read(ref _timedOut))
        {
            throw new InputException(
                ReasonCodes.Timeout,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"ffmpeg delivered nothing for {_timeout.TotalSeconds:0} s and was stopped; the file is probably "
                        + $"damaged."));
        }
    }

    private void Kill(ref bool reason)
    {
        Volatile.Write(ref reason, true);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e)
            when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    // Only the end is kept: a hostile file could make ffmpeg complain for gigabytes.
    private static string ReadTail(Stream errors)
    {
        byte[] tail = new byte[TailBytes], block = new byte[TailBytes];
        int length = 0;
        try
        {
            for (int count; (count = errors.Read(block)) > 0;)
            {
                int keep = Math.Min(length, TailBytes - count);
                tail.AsSpan(length - keep, keep).CopyTo(tail);
                block.AsSpan(0, count).CopyTo(tail.AsSpan(keep));
                length = keep + count;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Killed: what there is will do.
        }

        return Encoding.UTF8.GetString(tail, 0, length);
    }
}
