using VoiceClean.Datasets.Transcribing;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcribing;

public sealed class TranscribeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static bool HasShell => File.Exists("/bin/sh");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a b  c", new[] { "a", "b", "c" })]
    [InlineData("a 'b c' \"d 'e'\" ''", new[] { "a", "b c", "d 'e'", "" })]
    [InlineData("C:\\x\\asr.exe --in={in}", new[] { "C:\\x\\asr.exe", "--in={in}" })]
    public void A_command_is_split_at_blanks_outside_quotes(string command, string[] words) =>
        Assert.Equal(words, CommandWords.Split(command));

    [Theory]
    [InlineData("")]
    [InlineData("sh")]
    [InlineData("sh -c 'echo")]
    [InlineData("no-such-program-anywhere {in}")]
    [InlineData("{in} x")]
    public void A_command_that_cannot_work_is_refused_before_anything_is_done(string command) =>
        Assert.Equal(ErrorKind.Usage, Assert.Throws<VoiceCleanException>(() => Parse(command)).Kind);

    [Fact(SkipUnless = nameof(HasShell), Skip = "there is no /bin/sh")]
    public void What_it_prints_is_the_text_and_placeholders_are_arguments_not_shell()
    {
        const string odd = "a;b $(c) 'd'.wav";
        Recognition heard = Parse("/bin/sh -c 'echo \" $1 | $2 $3\"; echo line two' x {in} {language} {speaker}")
            .Run(_folder[odd], null, "anna", TestContext.Current.CancellationToken);
        Assert.Equal($"{_folder[odd]} auto anna line two", heard.Text);
        Assert.Null(heard.Failure);
    }

    [Theory(SkipUnless = nameof(HasShell), Skip = "there is no /bin/sh")]
    [InlineData("echo sad >&2; exit 3", "exit code 3: sad")]
    [InlineData("true", "printed nothing")]
    [InlineData("printf '\\304\\343'", "not UTF-8")]
    [InlineData("printf '\\357\\277\\275'", "U+FFFD")]
    [InlineData("kill -9 $$", "exit code 137")]
    public void A_failure_is_told_in_a_few_words(string script, string failure)
    {
        Recognition heard = Parse($"/bin/sh -c \"{script}\" {{in}}")
            .Run("x.wav", "en", "a", TestContext.Current.CancellationToken);
        Assert.Null(heard.Text);
        Assert.Contains(failure, heard.Failure, StringComparison.Ordinal);
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "there is no /bin/sh")]
    public void One_that_takes_too_long_is_given_up()
    {
        Recognition heard = TranscribeCommand.Parse("/bin/sh -c 'sleep 600' {in}", TimeSpan.FromSeconds(1))
            .Run("x.wav", "en", "a", TestContext.Current.CancellationToken);
        Assert.Null(heard.Text);
        Assert.Contains("took longer than 1 s", heard.Failure, StringComparison.Ordinal);
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "there is no /bin/sh")]
    public void Much_output_does_not_block_it_and_times_do_not_become_text()
    {
        TranscribeCommand command = Parse(
            "/bin/sh -c 'yes error | head -c 300000 >&2; echo \"[00:00.000 --> 00:01.000]  Hello.\"' {in}");
        Assert.Equal("Hello.", command.Run("x.wav", "en", "a", TestContext.Current.CancellationToken).Text);
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "there is no /bin/sh")]
    public void It_is_killed_when_the_run_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        string mark = _folder["started"];
        TranscribeCommand command = TranscribeCommand.Parse(
            $"/bin/sh -c 'touch {mark}; sleep 600' {{in}}",
            TimeSpan.FromHours(1));
        var run = Task.Run(() => command.Run("x.wav", null, "a", stop.Token));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(mark), TimeSpan.FromMinutes(1)));
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => run.GetAwaiter().GetResult());
    }

    // Long enough for any machine: none of these waits for it.
    private static TranscribeCommand Parse(string command) => TranscribeCommand.Parse(command, TimeSpan.FromHours(1));
}
