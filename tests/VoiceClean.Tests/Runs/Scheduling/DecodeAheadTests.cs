using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats;
using VoiceClean.Formats.Ffmpeg;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Scheduling;
using VoiceClean.Runs.State;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Runs.Scheduling;

/// <summary>What was decoded ahead is used only for the file it was decoded from.</summary>
public sealed class DecodeAheadTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public DecodeAheadTests()
    {
        Requires.Ffmpeg();
        for (int i = 0; i < 12; i++)
        {
            Clip($"{i:00}.m4a", 300 + (10 * i));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Inputs_that_change_or_vanish_after_they_were_decoded_are_seen_as_they_are_then(int jobs)
    {
        string[] expected = [];
        string tree = "";
        var gate = new Lock();
        bool isChanged = false;
        string other = Clip("05.m4a", 1000), good = Path.Combine(_folder.Root, "other.m4a");
        File.Move(other, good);
        Clip("05.m4a", 350);
        var stage = new BatchFolder.Doing(
            (clip, _) =>
            {
                lock (gate) // whoever comes first; the others, at most two files further, wait for it
                {
                    if (!isChanged)
                    {
                        isChanged = true;
                        Insist(() => File.Copy(good, other, overwrite: true));
                        Insist(() => File.WriteAllText(Path.Combine(_folder.In, "06.m4a"), "no longer audio"));
                        File.Delete(Path.Combine(_folder.In, "07.m4a"));
                        File.SetLastWriteTimeUtc(
                            Path.Combine(_folder.In, "04.m4a"),
                            new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
                    }
                }
            });
        foreach (bool isFirst in new[] { true, false })
        {
            // The second run finds everything as the first has left it, but for the file that vanished.
            (IReadOnlyList<ClipReport> reports, _) = _folder.Run(
                stage: stage,
                batch: new BatchOptions { Jobs = isFirst ? jobs : 1 });
            string[] verdicts = [.. reports.Where(r => r.Id != "07.m4a").Select(r => $"{r.Id} {r.Status} {r.Reason}")];
            Assert.Equal(isFirst ? 12 : 11, reports.Count);
            Assert.Contains(verdicts, v => v.StartsWith("06.m4a Failed", StringComparison.Ordinal));
            Assert.Equal(isFirst ? verdicts : expected, verdicts);
            Assert.Equal(isFirst ? _folder.Tree() : tree, _folder.Tree());
            (expected, tree) = (verdicts, _folder.Tree());
            Directory.Delete(_folder.Out, recursive: true);
        }
    }

    [Fact]
    public void Whoever_comes_first_decodes_for_the_next_and_what_nobody_takes_is_given_back()
    {
        Assert.SkipUnless(FfmpegGroup.Size > 1, "Files are decoded together on Linux only.");
        IReadOnlyList<PlanItem> items = _folder.Plan().Items;
        using var ahead = new DecodeAhead(items, new BatchOptions { Jobs = 1 }, AudioDecoders.CreateDefault(), StateOf);
        using (DecodedFile first = Take(ahead, items[0])!)
        {
            Assert.NotNull(first);
            Assert.Equal(7, ahead.Count);
        }

        using (Take(ahead, items[3]))
        {
            Assert.Equal(6, ahead.Count);
        }

        ahead.Release(items[4]);
        Assert.Equal(5, ahead.Count);
        ahead.Dispose();
        Assert.Equal(0, ahead.Count);
        Assert.Null(Take(ahead, items[8]));

        static DecodedFile? Take(DecodeAhead ahead, PlanItem item)
        {
            using var input = (GroupedInput)ahead.Open(item, StateOf(item), CancellationToken.None);
            return input.TakeDecoded<DecodedFile>();
        }
    }

    [Fact]
    public void A_decoder_of_the_caller_is_asked_for_groups_and_the_one_behind_it_is_not()
    {
        var mine = new Grouping();
        var decoders = AudioDecoders.CreateDefault();
        decoders.AddBefore("ffmpeg", mine);
        IReadOnlyList<PlanItem> items = _folder.Plan().Items;
        using var ahead = new DecodeAhead(items, new BatchOptions { Jobs = 1 }, decoders, StateOf);
        using (var input = (GroupedInput)ahead.Open(items[0], StateOf(items[0]), CancellationToken.None))
        {
            Assert.Null(input.TakeDecoded<DecodedFile>());      // it is not of ffmpeg's kind
        }

        Assert.Equal(3, mine.Inputs);
        Assert.Equal(2, ahead.Count);

        var alone = new AudioDecoders();
        alone.Add(new FfmpegDecoder());
        alone.AddBefore("ffmpeg", new Greedy());
        using var none = new DecodeAhead(items, new BatchOptions { Jobs = 1 }, alone, StateOf);
        using Stream plain = none.Open(items[0], StateOf(items[0]), CancellationToken.None);
        Assert.IsNotType<GroupedInput>(plain);      // ffmpeg would not be the one to open it
    }

    private class Greedy : IAudioDecoder
    {
        public string Name => "greedy";

        public IReadOnlyList<FileFormat> Formats => [];

        public bool Recognizes(ReadOnlySpan<byte> header) => true;

        public IAudioReader Open(Stream stream, DecodeLimits limits) => throw new NotSupportedException();
    }

    private sealed class Grouping : Greedy, IGroupDecoder
    {
        public int Inputs { get; private set; }

        public int GroupSize => 3;

        public long? GroupLimit(Stream stream) => 1000;

        public IDisposable?[] DecodeGroup(
            IReadOnlyList<(FileStream Stream, long Limit)> inputs,
            CancellationToken cancellation)
        {
            Inputs += inputs.Count;
            return [.. inputs.Select(_ => new MemoryStream())];
        }
    }

    // Another worker may be reading the file at this moment, and the runtime lets nobody write what somebody reads.
    private static void Insist(Action write)
    {
        Await.Until(() =>
        {
            try
            {
                write();
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }, "Nobody else reads the file");
    }

    private static Fingerprint StateOf(PlanItem item)
    {
        var info = new FileInfo(item.InputPath);
        return new Fingerprint(info.Length, info.LastWriteTimeUtc, null);
    }

    private string Clip(string name, int pitch)
    {
        string path = Path.Combine(_folder.In, name);
        string tone = $"aevalsrc=0.3*sin({pitch}*2*PI*t):s=32000:d=0.3";
        ExternalProgram.Ffmpeg("-f", "lavfi", "-i", tone, "-c:a", "alac", path);
        return path;
    }
}
