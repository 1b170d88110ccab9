using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Reporting;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Reporting;

public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_spreadsheet_gets_cells_as_they_are_and_no_formula()
    {
        string[] lines = Written("r.csv", Record("=cmd|' /C calc'!A0"), Record("a \"b\", c\nd"), Record("人声.wav"));
        Assert.StartsWith("id,status,verdict,reason,message,warnings,input_s,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("'=cmd|' /C calc'!A0,ok,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"a \"\"b\"\", c", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("人声.wav,ok,,,,low_snr,2,1,0.5,12.34,", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_for_a_ticket_counts_names_and_escapes()
    {
        string text = string.Join('\n', Written(
            "r.md",
            Record("fine.wav"),
            Record("<img src=x>|`*.wav") with
            {
                Status = ClipStatus.Failed,
                Reason = ReasonCodes.DecodeFailed,
                Message = "Broken.",
                Output = null,
            }));
        Assert.Contains("Failed | 1", text, StringComparison.Ordinal);
        Assert.Contains("- **Cannot be decoded** (`decode_failed`): 1", text, StringComparison.Ordinal);
        Assert.Contains("  - &lt;img src=x&gt;\\|\\`\\*.wav: Broken.", text, StringComparison.Ordinal);
        Assert.Contains(
            "## Warnings\n\n- **Low signal-to-noise ratio** (`low_snr`): 1\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains("fine.wav | Cleaned | 12.3 → 20.0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ratio_beyond_the_measurable_is_told_as_such()
    {
        ClipReport clean = Record("clean.wav") with { After = new Measurements { SnrDb = 40, SnrIsLowerBound = true } };
        Assert.Contains(
            "clean.wav | Cleaned | 12.3 → >40 |",
            string.Join('\n', Written("r.md", clean)),
            StringComparison.Ordinal);
        ClipReport noise = Record("noise.wav") with { Before = new Measurements { SnrDb = -20 }, After = null };
        Assert.Contains("| <-20 → – |", string.Join('\n', Written("n.md", noise)), StringComparison.Ordinal);
        string[] csv = Written("r.csv", clean, noise, Record("plain.wav"));
        Assert.EndsWith(",snr_before_bound,snr_after_bound\r", csv[0], StringComparison.Ordinal);
        Assert.EndsWith(",,lower\r", csv[1], StringComparison.Ordinal);
        Assert.EndsWith(",upper,\r", csv[2], StringComparison.Ordinal);
        Assert.EndsWith(",,\r", csv[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_an_earlier_version_is_known_as_ours()
    {
        Written("r.csv", Record("a.wav"));
        Assert.True(ReportFile.IsOurs(_folder["r.csv"]));
        File.WriteAllText(
            _folder["old.csv"],
            "id,status,verdict,reason,message,warnings,input_s,output_s,removed_share,snr_before_db,snr_after_db,"
                + "lufs_before,lufs_after,input,output,settings,version\r\n");
        Assert.True(ReportFile.IsOurs(_folder["old.csv"]));
        File.WriteAllText(
            _folder["other.csv"],
            File.ReadAllText(_folder["r.csv"]).Replace("\r\n", ",my notes\r\n", StringComparison.Ordinal));
        Assert.False(ReportFile.IsOurs(_folder["other.csv"]));
    }

    [Fact]
    public void A_page_locks_itself_to_its_own_script()
    {
        string page = string.Join('\n', Written("r.html", Record("</script><b>.wav")));
        Assert.Contains(
            HtmlReport.Policy(PageFiles.Style, PageFiles.Script, AudioChoice.Links),
            page,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "default-src 'none'; script-src 'sha256-",
            HtmlReport.Policy("", "", AudioChoice.None),
            StringComparison.Ordinal);
        Assert.Equal(2, page.Split("</script>").Length - 1);
        Assert.Contains("\\u003C/script\\u003E\\u003Cb\\u003E.wav", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_without_a_known_ending_is_refused_before_anything_is_read()
        => Assert.Equal(
            ReasonCodes.BadOptions,
            Assert.Throws<VoiceCleanException>(() => ReportFile.CheckName("report.txt")).Code);

    [Fact]
    public void The_worst_have_something_to_look_at()
    {
        RecordRow[] rows =
        [
            Row("silent", ClipStatus.Rejected, ReasonCodes.Silent, null),
            Row("broken", ClipStatus.Failed, ReasonCodes.DecodeFailed, null),
            Row("good", ClipStatus.Ok, null, 35),
            Row("noisy", ClipStatus.Ok, null, 5),
            Row("drowned", ClipStatus.Rejected, ReasonCodes.SnrTooLow, null),
            Row("middling", ClipStatus.Unchanged, null, 15),
        ];
        Assert.Equal(["drowned", "noisy", "middling"], WorstRows.Of(rows, 3).Select(i => rows[i].Id));
        Assert.Equal(["drowned", "noisy", "middling", "good"], WorstRows.Of(rows, 20).Select(i => rows[i].Id));
        Assert.Empty(WorstRows.Of(rows, 0));
    }

    [Fact]
    public void Links_are_relative_to_the_report_and_say_only_once_where_most_files_lie()
    {
        RecordRow usual = Row("a b/c#1.m4a", ClipStatus.Ok, null, 1) with
        {
            InputPath = _folder["in/a b/c#1.m4a"],
            OutputPath = _folder["out/a b/c#1.wav"],
        };
        RecordRow other = usual with { Id = "d.wav", InputPath = _folder["elsewhere/x.wav"] };
        var links = new Links([usual, other], _folder["reports"]);
        Assert.Equal(("../in/", "../out/"), (links.Inputs, links.Outputs));
        Assert.Equal(("", ""), (links.Input(usual), links.Output(usual)));
        Assert.Equal("../elsewhere/x.wav", links.Input(other));
        Assert.Equal("../in/a%20b/c%231.m4a", links.To(usual.InputPath));
        Assert.Null(links.Output(Row("r", ClipStatus.Rejected, ReasonCodes.Silent, null)));
    }

    [Fact]
    public void A_command_can_be_pasted_into_a_shell()
    {
        string[] words = ["voiceclean", "batch", "it's mine", "$(touch x)", "", "录音/a.wav", "--noise", "range:1s-2s"];
        string line = ShellWords.Join(words);
        Assert.Equal(
            @"voiceclean batch 'it'\''s mine' '$(touch x)' '' 录音/a.wav --noise range:1s-2s",
            line);
        Assert.Equal(
            string.Concat(words.Select(w => w + "\n")),
            System.Text.Encoding.UTF8.GetString(ExternalProgram.Run("/bin/sh", "-c", "printf '%s\\n' " + line)));
    }

    public void Dispose() => _folder.Dispose();

    private static RecordRow Row(string id, ClipStatus status, string? reason, double? snr) => new()
    {
        Id = id,
        Status = status,
        Reason = reason,
        SnrAfterDb = snr,
        InputPath = id,
        OutputPath = status is ClipStatus.Ok or ClipStatus.Unchanged ? "out.wav" : null,
    };

    private static ClipReport Record(string id) => new()
    {
        Id = id,
        Warnings = [new Warning(WarningCodes.LowSnr, "Listen to it.")],
        Input = new FileFacts { Path = id, DurationS = 2 },
        Output = new FileFacts { Path = "out.wav", DurationS = 1 },
        Before = new Measurements { SnrDb = 12.34 },
        After = new Measurements { SnrDb = 20 },
    };

    private string[] Written(string name, params ClipReport[] records)
    {
        using var lines = new MemoryStream(
            System.Text.Encoding.UTF8.GetBytes(string.Concat(records.Select(r => ReportJson.ToLine(r) + "\n"))));
        using var reader = new RecordReader();
        reader.Add("run.jsonl", lines);
        ReportFile.Write(
            new WritePlace(_folder[name], "", overwrite: true),
            reader.Read(TestContext.Current.CancellationToken),
            new ReportOptions(),
            AudioDecoders.CreateDefault(),
            TestContext.Current.CancellationToken);
        return File.ReadAllText(_folder[name]).Split('\n');
    }
}
