using System.Diagnostics;
using System.Globalization;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>Standard streams that are closed, full or silent.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly ShellRun _shell = new();

    public StreamTests() => File.Copy(BuiltProgram.Sample("hum.wav"), _shell["in.wav"]);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public void Closed_or_full_standard_error_changes_neither_the_result_nor_the_exit_code(string redirected)
    {
        Assert.Equal(0, _shell.Run("$vc in.wav a.wav 2>/dev/null").ExitCode);
        Assert.Equal(0, _shell.Run($"$vc in.wav b.wav -v {redirected}").ExitCode);
        Assert.Equal(File.ReadAllBytes(_shell["a.wav"]), File.ReadAllBytes(_shell["b.wav"]));
        Assert.Equal(4, _shell.Run($"$vc missing.wav c.wav {redirected}").ExitCode);
        Assert.Equal(0, _shell.Run($"$vc batch in.wav -o out -v {redirected}").ExitCode);
        Assert.True(File.Exists(_shell["out/in.wav"]));
    }

    [Theory]
    [InlineData("$vc - a.wav 0>x", "not open for reading")]
    [InlineData("mkdir g; cd g; rmdir ../g; $vc ../in.wav a.wav", "folder in which this was started is gone")]
    [InlineData("mkdir g; cd g; rmdir ../g; $vc batch ../in.wav -o out", "folder in which this was started is gone")]
    public void What_the_shell_did_wrong_is_told_in_a_sentence_and_is_no_bug_of_ours(string line, string expected)
    {
        (int exitCode, _, string errors) = _shell.Run(line);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(4, exitCode);
    }

    [Theory]
    [InlineData("$vc in.wav a.wav <&- >&- 2>&-")]
    [InlineData("$vc in.wav a.wav <&- 2>&-")]
    [InlineData("$vc in.wav a.wav >&-")]
    public void A_closed_descriptor_is_not_that_of_a_file_that_is_written(string line)
    {
        Assert.Equal(0, _shell.Run("$vc in.wav b.wav -q").ExitCode);
        Assert.Equal(0, _shell.Run(line).ExitCode);
        Assert.Equal(File.ReadAllBytes(_shell["b.wav"]), File.ReadAllBytes(_shell["a.wav"]));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help tuning")]
    [InlineData("--version")]
    [InlineData("doctor")]
    [InlineData("inspect in.wav")]
    [InlineData("inspect in.wav --json")]
    [InlineData("in.wav a.wav --json")]
    [InlineData("in.wav -")]
    [InlineData("batch in.wav -o out --dry-run")]
    [InlineData("dataset in.wav -o set --json")]
    public void Standard_output_on_a_full_disk_is_75_in_every_command_and_a_closed_one_is_5(string words)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        (int exitCode, _, string errors) = _shell.Run($"$vc {words} >/dev/full");
        Assert.Contains("no space left", errors, StringComparison.Ordinal);
        Assert.Contains("standard output", errors, StringComparison.Ordinal);
        Assert.Equal(75, exitCode);
        (exitCode, _, errors) = _shell.Run($"rm -rf a.wav out set; $vc {words} >&-");
        Assert.Contains("tandard output is closed", errors, StringComparison.Ordinal);
        Assert.Equal(5, exitCode);
    }

    [Theory]
    [InlineData("in.wav a.wav", "a.wav")]
    [InlineData("batch in.wav -o out", "out/in.wav")]
    [InlineData("dataset in.wav -o set", "set/.voiceclean/written.txt")]
    public void A_log_on_a_full_disk_is_75_and_what_was_made_is_whole(string words, string made)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        (int exitCode, _, string errors) = _shell.Run($"$vc {words} -v -q --log-file /dev/full");
        Assert.Contains("no space left on the volume of /dev/full", errors, StringComparison.Ordinal);
        Assert.Equal(75, exitCode);
        Assert.True(Path.Exists(_shell[made]), string.Join(' ', _shell.Names()));
    }

    [Theory]
    [InlineData("in.wav /proc/x.wav")]
    [InlineData("in.wav /proc/self/x.wav")]
    [InlineData("in.wav a.wav --report /proc/x.json")]
    public void A_place_where_the_system_makes_no_files_is_5_and_called_that(string words)
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "needs /proc");
        (int exitCode, _, string errors) = _shell.Run($"$vc {words} -q");
        Assert.Contains("No file can be made in /proc", errors, StringComparison.Ordinal);
        Assert.Equal((5, false), (exitCode, File.Exists(_shell["a.wav"])));
    }

    [Theory]
    [InlineData("in.wav in.wav/x.wav", 5, "in.wav/x.wav cannot be made: in.wav is a file and no folder")]
    [InlineData("in.wav in.wav/a/x.wav", 5, "in.wav/a/x.wav cannot be made: in.wav is a file and no folder")]
    [InlineData("in.wav a.wav --report in.wav/r.json", 5, "in.wav is a file and no folder")]
    [InlineData("in.wav a.wav --log-file in.wav/l", 5, "in.wav is a file and no folder")]
    [InlineData("batch in.wav -o in.wav/out", 5, "in.wav is a file and no folder")]
    [InlineData("in.wav no/x.wav", 5, "The folder of no/x.wav does not exist")]
    [InlineData("- a.wav < .", 4, "it is a folder; give a file")]
    public void A_file_where_a_folder_stands_and_a_folder_where_a_file_stands_are_called_that(
        string words,
        int expected,
        string sentence)
    {
        (int exitCode, _, string errors) = _shell.Run($"$vc {words} -q");
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Equal((expected, false), (exitCode, File.Exists(_shell["a.wav"])));
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_called_that_and_not_missing()
    {
        (int exitCode, _, string errors) =
            _shell.Run("n=$(printf '\\304\\343.wav'); cp in.wav \"$n\"; $vc \"$n\" a.wav; c=$?; rm \"$n\"; exit $c");
        Assert.Contains("has a name that is not UTF-8", errors, StringComparison.Ordinal);
        Assert.Equal((4, false), (exitCode, File.Exists(_shell["a.wav"])));
    }

    // On the one terminal of both, the table would come in the middle of the bar.
    [Theory]
    [InlineData("", true)]
    [InlineData(" | cat", false)]
    public void There_is_no_bar_where_another_program_may_show_the_output(string piped, bool isBar)
    {
        Requires.That(ExternalProgram.Find("script") is not null, "script is not installed.");
        (_, string output, _) = _shell.Run(
            $"cp in.wav b.wav; CI= TERM=xterm script -qec \"stty cols 80; $vc inspect . --json >j{piped}; cat j\" log"
                .Replace(">j |", "|", StringComparison.Ordinal));
        Assert.Contains("in.wav", output, StringComparison.Ordinal);
        Assert.Equal((isBar, !isBar), (output.Contains("0/2 clips", StringComparison.Ordinal),
            output.Contains("2 clips\r\n{", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("doctor")]
    public void A_reader_that_went_away_is_5(string words)
    {
        (_, string output, string errors) = _shell.Run($"{{ $vc {words}; echo $? >code; }} | true");
        Assert.Equal("5", File.ReadAllText(_shell["code"]).Trim());
        Assert.Contains("reader", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--stdin")]
    public void A_limit_on_the_size_of_files_is_75_and_leaves_no_temporary_file(string from)
    {
        // without the double mapping of the just-in-time compiler, which needs larger files itself
        string input = from.Length > 0 ? "- a.wav -q <in.wav" : "in.wav a.wav -q";
        (int exitCode, _, string errors) = _shell.Run(
            $"export DOTNET_EnableWriteXorExecute=0; ulimit -f 50; $vc {input} --bit-depth 32f");
        Assert.Contains("limit", errors, StringComparison.Ordinal);
        Assert.Equal(75, exitCode);
        Assert.Equal(["in.wav"], _shell.Names());
    }

    // The heap of a container, and the address space of a shell. Where the runtime does not even start, nothing is
    // asked.
    [Theory]
    [InlineData("export DOTNET_GCHeapHardLimit=1000000", true)]
    [InlineData("ulimit -v 1500000", false)]
    [InlineData("ulimit -v 2000000", false)]
    [InlineData("ulimit -v 2500000", false)]
    [InlineData("ulimit -v 3000000", false)]
    public void Too_little_memory_is_75_with_a_sentence_and_leaves_nothing(string limit, bool isTooLittle)
    {
        byte[] sample = File.ReadAllBytes(_shell["in.wav"]);
        byte[] sound = [.. Enumerable.Repeat(sample[44..], 20_000_000 / sample.Length).SelectMany(s => s)];
        BitConverter.TryWriteBytes(sample.AsSpan(4), 36 + sound.Length);
        BitConverter.TryWriteBytes(sample.AsSpan(40), sound.Length);
        File.WriteAllBytes(_shell["long.wav"], [.. sample[..44], .. sound]);
        string begin = $"export DOTNET_EnableWriteXorExecute=0; {limit};";
        Assert.SkipUnless(_shell.Run($"{begin} $vc --version").ExitCode == 0, "the runtime does not start");
        (int exitCode, _, string errors) = _shell.Run($"{begin} $vc long.wav a.wav -q");
        Assert.Contains(exitCode, isTooLittle ? [75] : (int[])[0, 75]);
        Assert.Equal(exitCode == 75, errors.Contains("There is not enough memory", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(exitCode == 0 ? ["a.wav", "in.wav", "long.wav"] : ["in.wav", "long.wav"], _shell.Names());
    }

    [Theory]
    [InlineData("TERM", 143, "- out.wav")]
    [InlineData("INT", 130, "- out.wav")]
    [InlineData("HUP", 129, "batch --from-file - -o out")]
    [InlineData("TERM", 143, "inspect --from-file -")]
    [InlineData("TERM", 143, "fifo out.wav")]
    [InlineData("TERM", 143, "in.wav out.wav --config fifo")]
    [InlineData("INT", 130, "in.wav fifo --force")]
    [InlineData("HUP", 129, "in.wav out.wav --report fifo")]
    [InlineData("TERM", 143, "in.wav out.wav --log-file fifo")]
    public void The_first_signal_ends_what_waits_for_a_silent_stream(string signal, int exitCode, string words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        ExternalProgram.Run("mkfifo", _shell["fifo"]);
        string[] names = ["fifo", "in.wav", "out.wav", "out"];
        using Process process = BuiltProgram.Start(
            [.. words.Split(' ').Select(w => names.Contains(w) ? _shell[w] : w), "-q"]);
        Await.Until(() => Catches(process.Id, 15), "The program listens to signals");
        UnixSignal.Send(process, signal);
        Await.Exit(process);
        Assert.Equal(exitCode, process.ExitCode);
        Assert.DoesNotContain(_shell.Names(), n => n.Contains(".vc-", StringComparison.Ordinal));
    }

    // Bit n - 1 of the mask in /proc: the process has a handler for signal n.
    private static bool Catches(int process, int signal)
    {
        string line = File
            .ReadLines($"/proc/{process}/status")
            .First(l => l.StartsWith("SigCgt:", StringComparison.Ordinal));
        ulong mask = ulong.Parse(line["SigCgt:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (mask >> (signal - 1) & 1) != 0;
    }
}
