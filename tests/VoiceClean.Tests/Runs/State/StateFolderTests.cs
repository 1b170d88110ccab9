using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;
using VoiceClean.Tests.Files;
using Xunit;

namespace VoiceClean.Tests.Runs.State;

public sealed class StateFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("state").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Who_pins_his_layout_while_another_is_about_to_is_not_overruled()
    {
        var late = new Late(() => StateFolder.Open(_root, new Shard(1, 600)).Dispose());
        VoiceCleanException refused = Assert.Throws<VoiceCleanException>(
            () => StateFolder.Open(_root, new Shard(2, 601), late));
        Assert.Equal(ErrorKind.Usage, refused.Kind);
        Assert.Equal(600, StateFolder.PinnedShards(_root));
    }

    [Fact]
    public void A_damaged_pin_is_refused_and_left_alone()
    {
        string pin = Path.Combine(_root, StateFolder.Name, "run.json");
        Directory.CreateDirectory(Path.GetDirectoryName(pin)!);
        File.WriteAllText(pin, "{\"shards\":");
        OutputException refused = Assert.Throws<OutputException>(() => StateFolder.Open(_root, new Shard(1, 2)));
        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
        Assert.Equal("{\"shards\":", File.ReadAllText(pin));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"schema\":\"voicecle")]
    public void A_lost_or_damaged_pin_is_made_again_from_the_names_of_the_journals(string? left)
    {
        string folder = Path.Combine(_root, StateFolder.Name), pin = Path.Combine(folder, "run.json");
        StateFolder.Open(_root, new Shard(1, 4)).Dispose();
        File.WriteAllText(StateFolder.JournalPath(folder, new Shard(1, 4)), "");
        File.Delete(pin);
        if (left is not null)
        {
            File.WriteAllText(pin, left);
        }

        Assert.Equal(4, StateFolder.PinnedShards(_root));
        VoiceCleanException refused = Assert.Throws<VoiceCleanException>(
            () => StateFolder.Open(_root, new Shard(2, 5)));
        Assert.Contains("begun with 4 shards, not 5", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("run.json", refused.Message, StringComparison.Ordinal);
        StateFolder.Open(_root, new Shard(2, 4)).Dispose();
        Assert.Contains("\"shards\":4", File.ReadAllText(pin), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(90, true)]
    public void A_temporary_file_is_old_by_the_clock_of_the_file_server(int ageS, bool isRemoved)
    {
        // The server is an hour behind: by our clock its files are an hour old.
        DateTime server = DateTime.UtcNow.AddHours(-1);
        string temporary = Path.Combine(_root, ".vc-0123abcd.tmp");
        File.WriteAllText(temporary, "another machine's");
        File.SetLastWriteTimeUtc(temporary, server.AddSeconds(-ageS));
        StateFolder.Open(_root, new Shard(1, 2), new Server(server)).Dispose();
        Assert.Equal(isRemoved, !File.Exists(temporary));
    }

    [Fact]
    public void What_a_killed_run_of_the_same_shard_has_left_goes_at_once_and_that_of_others_stays_for_a_minute()
    {
        var shard = new Shard(2, 300);
        string[] names = [.. new[] { shard, new Shard(1, 300), new Shard(32, 300) }.Select(Temporary)];
        string live = Temporary(shard);
        Directory.CreateDirectory(Path.Combine(_root, "s"));
        Array.ForEach(names, n => File.WriteAllText(Path.Combine(_root, "s", n), "half"));
        File.WriteAllText(Path.Combine(_root, "s", ".vc-0002abcd.tmp"), "that of an earlier version says nothing");
        using (DiskFiles.Instance.Create(Path.Combine(_root, live)))
        {
            using var state = StateFolder.Open(_root, shard);
            Assert.Equal(1, state.RemovedTemporaries);
            Assert.Equal(shard.Mark, state.Files.Mark);
        }

        Assert.Equal(
            names.Skip(1).Append(".vc-0002abcd.tmp").Order(StringComparer.Ordinal),
            Directory
                .EnumerateFiles(Path.Combine(_root, "s"), ".vc-*")
                .Select(p => Path.GetFileName(p))
                .Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(_root, live)));       // its writer lives

        static string Temporary(Shard of) => $".vc-{of.Mark}{Random.Shared.Next():x8}.tmp";
    }

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 2, "0001")]
    [InlineData(65_535, 70_000, "ffff")]
    [InlineData(65_536, 70_000, "")]
    public void A_shard_has_a_mark_of_its_own_or_none(int index, int count, string mark) =>
        Assert.Equal(mark, new Shard(index, count).Mark);

    /// <summary>A disk with a clock of its own.</summary>
    private sealed class Server(DateTime now) : RealFiles
    {
        public override Stream Create(string path)
        {
            Stream stream = base.Create(path);
            File.SetLastWriteTimeUtc(path, now);
            return stream;
        }
    }

    /// <summary>A disk on which somebody else is quicker: just before our first file gets its name.</summary>
    private sealed class Late(Action other) : RealFiles
    {
        private Action? _other = other;

        public override void Replace(string temporary, string target)
        {
            Other();
            base.Replace(temporary, target);
        }

        public override void PublishNew(string temporary, string target)
        {
            Other();
            base.PublishNew(temporary, target);
        }

        private void Other() => Interlocked.Exchange(ref _other, null)?.Invoke();
    }
}
