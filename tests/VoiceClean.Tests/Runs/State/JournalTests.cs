using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Files;
using VoiceClean.Runs.State;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Runs.State;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["journal.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_appended_is_found_by_the_next_run_and_the_last_word_counts()
    {
        using (var journal = Journal.Read(Path, DiskFiles.Instance))
        {
            journal.Append(Entry("a.wav", 1), Report("a.mp3"), null);
            journal.Append(Entry("声/b.wav", 2), Report("声/b.mp3"), _folder.Path);
            journal.Append(Entry("a.wav", 3), Report("a.mp3"), null);
            journal.Flush();
        }

        using var again = Journal.Read(Path, DiskFiles.Instance);
        Assert.Equal((2, 0), (again.Count, again.IgnoredLines));
        Assert.Equal(3, again.Find("a.wav")!.OutputBytes);
        JournalEntry entry = again.Find("声/b.wav")!;
        Assert.Equal(Entry("声/b.wav", 2), entry with { IsAsked = false, Position = 0, Length = 0 });
        ClipReport report = again.ReadReport(entry)!;
        Assert.Equal(("声/b.mp3", ClipStatus.Ok, 1.5), (report.Id, report.Status, report.Input!.DurationS));
    }

    [Fact]
    public void Cut_off_at_any_byte_a_journal_keeps_all_whole_lines_and_goes_on_behind_them()
    {
        byte[] whole = Write(3);
        int[] ends = [.. whole.Index().Where(b => b.Item == '\n').Select(b => b.Index)];
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            using (var journal = Journal.Read(Path, DiskFiles.Instance))
            {
                Assert.Equal(ends.Count(e => e <= length), journal.Count);
                journal.Append(Entry("new.wav", 9), Report("new.mp3"), null);
            }

            using var again = Journal.Read(Path, DiskFiles.Instance);
            Assert.Equal(ends.Count(e => e <= length) + 1, again.Count);
            Assert.NotNull(again.Find("new.wav"));
        }
    }

    [Fact]
    public void A_line_with_any_damaged_byte_is_ignored_and_the_others_stand()
    {
        byte[] whole = Write(3);
        int start = Array.IndexOf(whole, (byte)'\n') + 1, end = Array.IndexOf(whole, (byte)'\n', start);
        for (int i = start; i < end; i++)
        {
            foreach (int flip in (int[])[1, 0x20, 0x80])
            {
                byte[] damaged = [.. whole];
                damaged[i] ^= (byte)flip;
                File.WriteAllBytes(Path, damaged);
                using var journal = Journal.Read(Path, DiskFiles.Instance);
                Assert.Null(journal.Find("1.wav"));
                Assert.NotNull(journal.Find("0.wav"));
                Assert.NotNull(journal.Find("2.wav"));
            }
        }
    }

    [Fact]
    public void Foreign_content_is_ignored_however_long_its_lines_are()
    {
        using (FileStream file = File.Create(Path))
        {
            file.Write(Encoding.UTF8.GetBytes("{}\nnull\n[1,2]\n{\"journal\":1}\n\n\n"));
            byte[] noise = new byte[1 << 20];
            new Random(1).NextBytes(noise);
            noise.AsSpan().Replace((byte)'\n', (byte)' ');
            for (int i = 0; i < 20; i++)
            {
                file.Write(noise);
            }

            file.Write("\n"u8);
        }

        using (var journal = Journal.Read(Path, DiskFiles.Instance))
        {
            Assert.Equal(0, journal.Count);
            journal.Append(Entry("a.wav", 1), Report("a.mp3"), null);
        }

        using var again = Journal.Read(Path, DiskFiles.Instance);
        Assert.NotNull(again.ReadReport(again.Find("a.wav")!));
    }

    [Fact]
    public void Many_threads_write_whole_lines()
    {
        using (var journal = Journal.Read(Path, DiskFiles.Instance))
        {
            Parallel.For(0, 500, i => journal.Append(Entry($"{i}.wav", i), Report($"{i}.mp3"), null));
        }

        using var again = Journal.Read(Path, DiskFiles.Instance);
        Assert.Equal((500, 0), (again.Count, again.IgnoredLines));
    }

    [Fact]
    public void A_closed_journal_takes_no_more_lines()
    {
        Journal journal = Journal.Read(Path, DiskFiles.Instance);
        journal.Dispose();
        journal.Append(Entry("late.wav", 1), Report("late.mp3"), null);
        Assert.False(File.Exists(Path));
    }

    private byte[] Write(int lines)
    {
        File.Delete(Path);
        using (var journal = Journal.Read(Path, DiskFiles.Instance))
        {
            for (int i = 0; i < lines; i++)
            {
                journal.Append(Entry($"{i}.wav", i), Report($"{i}.mp3"), null);
            }
        }

        return File.ReadAllBytes(Path);
    }

    private static JournalEntry Entry(string output, long bytes) => new()
    {
        Output = output,
        Id = output + "!",
        Input = new Fingerprint(12, new DateTime(638_000_000_000_000_123, DateTimeKind.Utc), bytes == 2 ? "ab" : null),
        Settings = "s",
        Tool = "0.1.0",
        Status = ClipStatus.Ok,
        OutputBytes = bytes,
        OutputSha256 = "00ff",
    };

    private static ClipReport Report(string id) =>
        new()
        {
            Id = id,
            Input = new FileFacts { Path = id, DurationS = 1.5 },
        };
}
