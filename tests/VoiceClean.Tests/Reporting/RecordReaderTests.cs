using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Inspection;
using VoiceClean.Reporting;
using VoiceClean.Runs;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Reporting;

public sealed class RecordReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Of_each_input_the_latest_record_counts()
    {
        Write("a.jsonl", [Record("x", ClipStatus.Failed), Record("y", ClipStatus.Ok)]);
        Write("b.jsonl", [Record("x", ClipStatus.Ok), Record("z", ClipStatus.Rejected)]);
        RunRecords records = Read("a.jsonl", "b.jsonl");
        Assert.Equal([("x", ClipStatus.Ok), ("y", ClipStatus.Ok), ("z", ClipStatus.Rejected)],
            records.Rows.Select(r => (r.Id, r.Status)));
        Assert.Equal((2, 1, 0), (records.Summary.Count(ClipStatus.Ok), records.Summary.Count(ClipStatus.Rejected),
            records.Summary.Count(ClipStatus.Failed)));
        Assert.Equal([Notice.Unmeasured], records.Notices.Select(n => n.Code));
    }

    [Fact]
    public void That_nothing_was_to_be_done_or_was_come_to_hides_no_result()
    {
        ClipReport measured = Record("x", ClipStatus.Ok) with { Before = new Measurements { IntegratedLufs = -20 } };
        Write("a.jsonl", [measured, Record("y", ClipStatus.Ok)]);
        Write("b.jsonl", [Record("x", ClipStatus.Unchanged), Record("y", ClipStatus.Failed, ReasonCodes.Cancelled)]);
        RunRecords records = Read("a.jsonl", "b.jsonl");
        Assert.Equal([(ClipStatus.Ok, -20.0), (ClipStatus.Ok, (double?)null)],
            records.Rows.Select(r => (r.Status, r.LufsBefore)));
    }

    [Fact]
    public void A_torn_line_and_a_missing_end_are_said()
    {
        Write("a.jsonl", [Record("x", ClipStatus.Ok)]);
        string text = File.ReadAllText(_folder["a.jsonl"]);
        string first = text.Split('\n')[0];
        File.WriteAllText(_folder["torn.jsonl"], $"{first}\nno record\n{{\"event\":\"other\"}}\n\r\n{first[..200]}");
        RunRecords records = Read("torn.jsonl");
        Assert.Equal("x", Assert.Single(records.Rows).Id);
        Assert.Equal([Notice.IgnoredLines, Notice.NoSummary, Notice.Unmeasured], records.Notices.Select(n => n.Code));
        Assert.Contains(("count", "3"), records.Notices[0].Slots);
        Assert.Equal(0, records.Summary.WallS);
    }

    [Fact]
    public void Shares_that_are_missing_among_files_of_records_are_named()
    {
        Write("1.jsonl", [Record("x", ClipStatus.Ok)], "1/4");
        Write("3.jsonl", [Record("y", ClipStatus.Ok)], "3/4");
        Notice missing = Read("1.jsonl", "3.jsonl").Notices.First(n => n.Code == Notice.ShardsMissing);
        Assert.Contains(("list", "2, 4"), missing.Slots);
        Assert.Contains(("count", "4"), missing.Slots);
    }

    [Fact]
    public void An_output_folder_is_read_from_its_journals_and_says_what_is_missing()
    {
        Clips(9);
        Run(2, 3);
        RunRecords part = Read("out");
        Assert.Equal("1, 3", Slot(part, Notice.ShardsMissing, "list"));
        Assert.DoesNotContain(part.Notices, n => n.Code == Notice.Unfinished);
        Run(1, 3);
        Run(3, 3);
        RunRecords all = Read("out");
        Assert.Equal(9, all.Rows.Count);
        Assert.Equal([Notice.Unmeasured], all.Notices.Select(n => n.Code));
        Assert.Equal(["voiceclean", "batch", "in", "-o", _folder["out"]], all.Command);
        Assert.Equal("in.wav", all.Rows.Select(r => r.Id[^6..]).Distinct().Single(), StringComparer.Ordinal);

        using (RecordReader reader = new())
        {
            reader.Add(_folder["out/.voiceclean"]);
            Assert.Equal(9, reader.Read(TestContext.Current.CancellationToken).Rows.Count);
        }

        string journal = StateFolder.JournalPath(_folder["out/.voiceclean"], new Shard(2, 3));
        int lines = File.ReadAllLines(journal).Length;
        File.WriteAllLines(journal, File.ReadAllLines(journal).Take(1));
        Assert.Equal($"{lines - 1}", Slot(Read("out"), Notice.Unfinished, "missing"));
    }

    [Fact]
    public void Shares_that_found_fewer_inputs_than_others_are_named()
    {
        Clips(9);
        Run(1, 3);
        Run(2, 3);
        Clips(12);
        Run(3, 3);
        RunRecords records = Read("out");
        Assert.Equal(
            ("1, 2", "9", "12"),
            (Slot(records, Notice.Uneven, "list"),
                Slot(records, Notice.Uneven, "least"),
                Slot(records, Notice.Uneven, "most")));
        Run(1, 3);
        Run(2, 3);
        Assert.DoesNotContain(Read("out").Notices, n => n.Code == Notice.Uneven);
    }

    [Fact]
    public void Different_settings_side_by_side_are_said()
    {
        Write("a.jsonl", [Record("x", ClipStatus.Ok), Record("y", ClipStatus.Ok) with
        {
            Provenance = new Provenance("0.1.0", "other", 256),
        }]);
        Assert.Equal("2", Slot(Read("a.jsonl"), Notice.MixedSettings, "settings"));
    }

    [Fact]
    public void What_holds_no_records_is_refused_by_name()
    {
        File.WriteAllText(_folder["empty.jsonl"], "");
        Directory.CreateDirectory(_folder["folder"]);
        Assert.Contains("empty.jsonl", Assert.Throws<InputException>(() => Read("empty.jsonl")).Message);
        Assert.Contains(".voiceclean", Assert.Throws<InputException>(() => Read("folder")).Message);
        Assert.Equal(ReasonCodes.NotFound, Assert.Throws<InputException>(() => Read("none.jsonl")).Code);
    }

    public void Dispose() => _folder.Dispose();

    private static string Slot(RunRecords records, string code, string name) =>
        records.Notices.First(n => n.Code == code).Slots.First(s => s.Name == name).Value;

    private static ClipReport Record(string id, ClipStatus status, string? reason = null) => new()
    {
        Id = id,
        Status = status,
        Reason = reason,
        Input = new FileFacts { Path = "in/" + id, DurationS = 2 },
        Output = status == ClipStatus.Ok ? new FileFacts { Path = "out/" + id, DurationS = 1 } : null,
        Provenance = new Provenance("0.1.0", "same", 256),
    };

    private void Write(string name, IReadOnlyList<ClipReport> records, string? shard = null) => File.WriteAllText(
        _folder[name],
        string.Concat(records.Select(r => ReportJson.ToLine(r) + "\n"))
            + ReportJson.ToLine(RunSummary.Of(records, 1) with { Shard = shard }) + "\n",
        new UTF8Encoding(false));

    private RunRecords Read(params string[] names)
    {
        using var reader = new RecordReader();
        names.ToList().ForEach(n => reader.Add(_folder[n]));
        RunRecords records = reader.Read(TestContext.Current.CancellationToken);
        Assert.All(records.Rows, r => Assert.Equal(r.Id, records.ReadAgain(r)?.Id));
        return records;
    }

    private void Clips(int count)
    {
        Directory.CreateDirectory(_folder["in"]);
        for (int i = 0; i < count; i++)
        {
            File.WriteAllBytes(
                _folder[$"in/{i}in.wav"],
                TestWav.Pcm16(32_000, Waves.Sine(3_200, 32_000, 100 + (10 * i), amplitude: 0.25)));
        }
    }

    private void Run(int index, int count)
    {
        var options = new CleanFolderOptions
        {
            Inputs = new RunInputs
            {
                Paths = [_folder["in"]],
                Share = new ShardChoice(new Shard(index, count), null),
                Command = ["voiceclean", "batch", "in"],
            },
            OutputFolder = _folder["out"],
            Cleaning = new CleaningOptions { Stages = ["high-pass"] },
        };
        new CleanFolder(options).Run(new Observer(), TestContext.Current.CancellationToken);
    }

    private sealed class Observer : IRunObserver
    {
        public bool ReadsMeasurements => false;

        public void Completed(ClipReport report)
        {
        }

        public void Report(ClipReport report)
        {
        }
    }
}
