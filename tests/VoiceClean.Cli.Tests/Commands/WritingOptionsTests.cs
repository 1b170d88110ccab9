using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>
/// Every option of every command that writes, from the tables, against everything that must not be written over: an
/// option that is added later is tried too. OUT stands in as an option without a name.
/// </summary>
public sealed class WritingOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _input = File.ReadAllBytes(BuiltProgram.Sample("hum.wav"));

    public WritingOptionsTests()
    {
        Directory.CreateDirectory(_folder["in"]);
        File.WriteAllBytes(_folder["in/a.wav"], _input);
    }

    public static TheoryData<string, string> Writing =>
        new(
            ((OptionScope[])
                [OptionScope.Clean, OptionScope.Batch, OptionScope.Dataset, OptionScope.Inspect, OptionScope.Check])
                .SelectMany(scope => new CommandOptions(scope)
                    .Rows
                    .Where(r => r.Writes != OptionWrites.Nothing)
                    .Select(r => (scope.ToString(), r.Flag)))
                .Append((nameof(OptionScope.Clean), "")));

    /// <summary>Without those that name the result itself.</summary>
    public static TheoryData<string, string> Beside =>
        new(Writing.Select(r => r.Data).Where(r => r.Item2.Length > 0 && !IsFolder(r.Item2)));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Writing))]
    public void An_input_is_refused_whatever_its_spelling_and_through_every_link_also_with_force(
        string scope,
        string option)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs links");
        File.CreateSymbolicLink(_folder["link"], _folder["in/a.wav"]);
        ExternalProgram.Run("ln", _folder["in/a.wav"], _folder["hard"]);
        foreach (string name in (string[])["in/a.wav", "in/../in/./a.wav", "link", "hard"])
        {
            foreach (string[] force in (string[][])[[], ["--force"]])
            {
                Refused(scope, option, _folder[name], force);
                Assert.Equal(_input, File.ReadAllBytes(_folder["in/a.wav"]));
                Assert.NotNull(new FileInfo(_folder["link"]).LinkTarget);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void An_existing_file_is_refused_and_stays_as_it_is(string scope, string option)
    {
        foreach ((string name, string content) in ((string, string)[])[
            ("notes.txt", "my notes\n"), ("other.wav", "RIFF"), ("empty", "")])
        {
            if (option == "--log-file" && content.Length == 0)
            {
                continue;       // nothing is lost by adding to it
            }

            File.WriteAllText(_folder[name], content);
            Refused(scope, option, _folder[name], []);
            Assert.Equal(content, File.ReadAllText(_folder[name]));
        }
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void A_folder_a_disk_and_what_cannot_be_made_are_refused(string scope, string option)
    {
        if (IsFolder(option))
        {
            Refused(scope, option, "/proc/x", []);
            return;
        }

        Directory.CreateDirectory(_folder["folder"]);
        Refused(scope, option, _folder["folder"], ["--force"]);
        Refused(scope, option, _folder["missing/x"], ["--force"]);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        Refused(scope, option, "/proc/x", ["--force"]);
    }

    [Theory]
    [MemberData(nameof(Beside))]
    public void Another_output_of_the_run_is_refused(string scope, string option)
    {
        string[] others = scope switch
        {
            nameof(OptionScope.Clean) => ["out.wav", "OUT.WAV", "./out.wav"],
            nameof(OptionScope.Batch) => ["out/a.wav", "out/A.WAV", "out/.voiceclean/journal.jsonl"],
            nameof(OptionScope.Dataset) => ["out/report.json", "out/in.list", "out/in/x", "out/.voiceclean/x"],
            _ => [],
        };
        foreach (string other in others)
        {
            Refused(scope, option, _folder[other], ["--force"]);
            Assert.False(Path.Exists(_folder[other]));
        }

        foreach (OptionRow row in new CommandOptions(Enum.Parse<OptionScope>(scope))
            .Rows
            .Where(r => r.Writes is OptionWrites.File or OptionWrites.Log && r.Flag != option))
        {
            Refused(scope, option, _folder["same"], [row.Flag, _folder["same"], "--force"]);
            Assert.False(Path.Exists(_folder["same"]));
        }
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public async Task A_device_and_a_FIFO_are_written_into_and_not_replaced(string scope, string option)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs FIFOs");
        ExternalProgram.Run("mkfifo", _folder["fifo"]);
        if (IsFolder(option))
        {
            Refused(scope, option, "/dev/null", ["--force"]);
            Refused(scope, option, _folder["fifo"], ["--force"]);
            return;
        }

        int usual = BuiltProgram.Run(Words(scope, "", _folder["usual"], ["--quiet"])).ExitCode;
        Assert.Equal(usual, BuiltProgram.Run(Words(scope, option, "/dev/null", ["--force", "-v"])).ExitCode);
        Assert.True(new FileInfo("/dev/null").Exists && new FileInfo("/dev/null").Length == 0);
        Task<byte[]> read = Task.Run(() => File.ReadAllBytes(_folder["fifo"]), TestContext.Current.CancellationToken);
        Assert.Equal(usual, BuiltProgram.Run(Words(scope, option, _folder["fifo"], ["--force", "-v"])).ExitCode);
        Assert.NotEmpty(await read.WaitAsync(Await.Limit, TestContext.Current.CancellationToken));
        Assert.Throws<IOException>(() => new FileStream(_folder["fifo"], FileMode.CreateNew));
        Assert.DoesNotContain(_folder.Names(), n => n.StartsWith(".vc-", StringComparison.Ordinal));
    }

    [Fact]
    public void With_force_a_file_is_replaced_through_its_link_and_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs modes of Unix");
            return;
        }

        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite;
        File.WriteAllText(_folder["old.wav"], "old");
        File.SetUnixFileMode(_folder["old.wav"], mode);
        File.CreateSymbolicLink(_folder["link.wav"], _folder["old.wav"]);
        Assert.Equal(0, BuiltProgram.Run(_folder["in/a.wav"], _folder["link.wav"], "-fq").ExitCode);
        Assert.NotNull(new FileInfo(_folder["link.wav"]).LinkTarget);
        Assert.Equal((byte)'R', File.ReadAllBytes(_folder["old.wav"])[0]);
        Assert.Equal(mode, File.GetUnixFileMode(_folder["old.wav"]));
    }

    [Fact]
    public void A_log_is_added_to_and_the_same_report_is_made_anew()
    {
        string[] words = Words("Batch", "--log-file", _folder["run.log"], ["--report", _folder["r.jsonl"]]);
        Assert.Equal(0, BuiltProgram.Run(words).ExitCode);
        int lines = File.ReadAllLines(_folder["run.log"]).Length;
        Assert.Equal(0, BuiltProgram.Run(words).ExitCode);
        Assert.True(File.ReadAllLines(_folder["run.log"]).Length > lines);
        Assert.Contains("unchanged", File.ReadAllText(_folder["r.jsonl"]), StringComparison.Ordinal);
        // that of other recordings is not
        Directory.CreateDirectory(_folder["in2"]);
        File.Copy(_folder["in/a.wav"], _folder["in2/a.wav"]);
        BuiltProgram.Result other = BuiltProgram.Run("inspect", _folder["in2"], "--report", _folder["r.jsonl"]);
        Assert.Equal(5, other.ExitCode);
    }

    [Fact]
    public void Report_on_a_dash_or_dev_stdout_is_standard_output_and_no_file_of_that_name()
    {
        foreach (string name in (string[])["-", "/dev/stdout"])
        {
            BuiltProgram.Result run = BuiltProgram.Run("inspect", _folder["in"], "--report", name);
            Assert.Equal(0, run.ExitCode);
            Assert.Equal(2, run.JsonLines.Length);
        }

        Assert.Equal(2, BuiltProgram.Run(_folder["in/a.wav"], "-", "--report", "/dev/stdout").ExitCode);
    }

    private static bool IsFolder(string option) =>
        RunRows.All.Any(r => r.Flag == option && r.Writes == OptionWrites.Folder);

    private string[] Words(string scope, string option, string value, string[] more)
    {
        string output = _folder["out"];
        string[] words = scope switch
        {
            nameof(OptionScope.Clean) => [_folder["in/a.wav"], option.Length == 0 ? value : _folder["out.wav"]],
            nameof(OptionScope.Batch) => ["batch", _folder["in"]],
            nameof(OptionScope.Dataset) => ["dataset", _folder["in"]],
            nameof(OptionScope.Inspect) => ["inspect", _folder["in"]],
            _ => ["check", _folder["in"], "--target", "f5-tts"],
        };
        if (scope is nameof(OptionScope.Batch) or nameof(OptionScope.Dataset) && option != "--output")
        {
            words = [.. words, "--output", output];
        }

        return
        [
            .. words,
            .. option.Length > 0 ? (string[])[option, value] : [],
            .. more.Where(m => m != "--force" || scope != nameof(OptionScope.Check)),
        ];
    }

    private void Refused(string scope, string option, string value, string[] more)
    {
        BuiltProgram.Result run = BuiltProgram.Run(Words(scope, option, value, more));
        Assert.True(run.ExitCode == 5, $"{scope} {option} {value}: exit code {run.ExitCode}\n{run.Errors}");
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Names(), n => n.StartsWith(".vc-", StringComparison.Ordinal));
    }
}
