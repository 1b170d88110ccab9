using System.ComponentModel;
using System.Diagnostics;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Datasets.Transcribing;

/// <summary>What a command for speech recognition said about a clip.</summary>
/// <param name="Text">One line; null if it failed.</param>
/// <param name="Failure">Why; null if it did not.</param>
internal sealed record Recognition(string? Text, string? Failure);

/// <summary>
/// A command that prints what is said in a clip: any program, started without a shell, once for each clip. Thread-safe.
/// </summary>
internal sealed class TranscribeCommand
{
    private const int MostOutputBytes = 1 << 20, MostErrorBytes = 1 << 12;

    // What a child of the program still holds open does not keep us.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly string _program;
    private readonly string[] _arguments;
    private readonly TimeSpan _limit;

    private TranscribeCommand(string program, string[] arguments, TimeSpan limit) =>
        (_program, _arguments, _limit) = (program, arguments, limit);

    /// <summary>Reads a command: <c>whisper-cli -m model.bin -f {in}</c>.</summary>
    /// <param name="command">A program and its arguments. {in} stands for the clip's complete path, {language} for its
    /// language ("auto" if it is not known), {speaker} for its speaker.</param>
    /// <param name="limit">Longest time for one clip.</param>
    /// <param name="name">What the option is called, for messages.</param>
    /// <exception cref="VoiceCleanException">No such program, no {in}, or a quote is not closed (kind
    /// <see cref="ErrorKind.Usage"/>).</exception>
    public static TranscribeCommand Parse(string command, TimeSpan limit, string name = "transcribe")
    {
        IReadOnlyList<string> words =
            CommandWords.Split(command) ?? throw Bad($"{name} {command}: a quote is not closed.");
        if (words.Count == 0 || !words.Skip(1).Any(w => w.Contains("{in}", StringComparison.Ordinal)))
        {
            throw Bad($"{name} {command}: write a program and its arguments, with {{in}} for the clip.");
        }

        string program =
            FindProgram(words[0])
            ?? throw Bad($"{name}: there is no program '{words[0]}'; give its path, or install it.");
        return new TranscribeCommand(program, [.. words.Skip(1)], limit);
    }

    /// <summary>Runs it for one clip, to its end; kills it with its children when it takes too long.</summary>
    /// <param name="path">The clip.</param>
    /// <param name="language">Code; null = not known.</param>
    /// <param name="speaker">Name.</param>
    /// <param name="stop">Kills it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Recognition Run(string path, string? language, string speaker, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(speaker);
        var start = new ProcessStartInfo(
            _program,
            _arguments.Select(a => a
                .Replace("{in}", Path.GetFullPath(path), StringComparison.Ordinal)
                .Replace("{language}", language ?? "auto", StringComparison.Ordinal)
                .Replace("{speaker}", speaker, StringComparison.Ordinal)))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        stop.ThrowIfCancellationRequested();
        try
        {
            using Process process = Process.Start(start)!;
            return Finish(process, path, stop);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            return new Recognition(null, $"cannot be started: {SystemErrors.Say(e)}");
        }
    }

    private Recognition Finish(Process process, string path, CancellationToken stop)
    {
        process.StandardInput.Close();
        Task<byte[]> output = Task.Run(() => ReadAll(process.StandardOutput.BaseStream, MostOutputBytes), default),
            errors = Task.Run(() => ReadAll(process.StandardError.BaseStream, MostErrorBytes), default);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_limit);
        try
        {
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            stop.ThrowIfCancellationRequested();
            return new Recognition(null, FormattableString.Invariant($"took longer than {_limit.TotalSeconds:0.#} s"));
        }

        bool isComplete = Task.WaitAll([output, errors], Grace);
        if (process.ExitCode != 0)
        {
            string said = errors.IsCompletedSuccessfully ? LastLine(errors.Result) : "";
            return new Recognition(
                null,
                FormattableString.Invariant($"exit code {process.ExitCode}") + (said.Length > 0 ? $": {said}" : ""));
        }

        return !isComplete
            ? new Recognition(null, "its output stays open")
            : output.Result.Length >= MostOutputBytes
                ? new Recognition(null, "printed more than 1 MiB")
                : Read(output.Result, path);
    }

    private static Recognition Read(byte[] output, string path)
    {
        try
        {
            string text = TranscriptReader.PlainText(output, $"what it printed for {Path.GetFileName(path)}");
            return text.Length == 0 ? new Recognition(null, "printed nothing")
                : new Recognition(text, null);
        }
        catch (InputException e)
        {
            return new Recognition(null, e.Message);
        }
    }

    // Whatever comes after the first bytes is read, so that the program does not wait, and forgotten.
    private static byte[] ReadAll(Stream stream, int most)
    {
        var kept = new MemoryStream();
        byte[] block = new byte[1 << 13];
        try
        {
            for (int count; (count = stream.Read(block)) > 0;)
            {
                kept.Write(block, 0, (int)Math.Min(count, most - kept.Length));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // killed
        }

        return kept.ToArray();
    }

    private static string LastLine(byte[] errors)
    {
        const int most = 200;
        string text = System.Text.Encoding.UTF8.GetString(errors).Replace('\uFFFD', '?').TrimEnd();
        string line = TranscriptText.OneLine(text[(text.LastIndexOf('\n') + 1)..]);
        return line.Length > most ? line[..most].TrimEnd() : line;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Grace);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private static string? FindProgram(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
        IEnumerable<string> folders =
            name.Contains('/') || (OperatingSystem.IsWindows() && name.Contains('\\'))
                ? [""]
                : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                    Path.PathSeparator,
                    StringSplitOptions.RemoveEmptyEntries);
        return folders
            .SelectMany(f => endings.Select(e => Path.Combine(f, name + e)))
            .Where(File.Exists)
            .Select(Path.GetFullPath)
            .FirstOrDefault();
    }

    private static VoiceCleanException Bad(string message) => new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}
