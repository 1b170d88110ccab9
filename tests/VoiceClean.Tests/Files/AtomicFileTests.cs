using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_file_appears_complete_under_its_name_and_nothing_else_does(bool overwrite)
    {
        string path = _folder["a.wav"];
        AtomicFile.Write(path, overwrite, stream =>
        {
            string temporary = Assert.Single(_folder.Names());
            Assert.True(AtomicFile.IsTemporaryName(temporary));
            stream.Write([1, 2, 3]);
        });
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(["a.wav"], _folder.Names());
    }

    [Fact]
    public void A_single_write_removes_what_killed_ones_have_left_in_its_folder_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])[".vc-0123abcd.tmp", ".vc-89abcdef.tmp", ".vc-other.tmp", ".vc-00000000.tmp"])
        {
            File.WriteAllText(folder[name], "");
            File.SetLastWriteTimeUtc(folder[name], DateTime.UtcNow.AddMinutes(-5));
        }

        File.SetLastWriteTimeUtc(folder[".vc-00000000.tmp"], DateTime.UtcNow.AddHours(1));       // just made
        using (new FileStream(folder[".vc-89abcdef.tmp"], FileMode.Open, FileAccess.Write, FileShare.None))
        {
            new WritePlace(folder["out.wav"], "", overwrite: false).CheckWritable();
            Assert.Equal([".vc-00000000.tmp", ".vc-89abcdef.tmp", ".vc-other.tmp"], folder.Names());
        }
    }

    [Fact]
    public void Overwriting_replaces_and_not_overwriting_leaves_the_old_file_alone()
    {
        string path = _folder["a.wav"];
        File.WriteAllBytes(path, [9]);
        var refused = Assert.Throws<OutputException>(() =>
            AtomicFile.Write(path, overwrite: false, stream => stream.Write([1])));
        Assert.Equal(ReasonCodes.OutputExists, refused.Code);
        Assert.Equal([9], File.ReadAllBytes(path));
        AtomicFile.Write(path, overwrite: true, stream => stream.Write([1]));
        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Equal(["a.wav"], _folder.Names());
    }

    [Fact]
    public void Of_many_that_publish_one_name_at_once_without_overwriting_exactly_one_wins()
    {
        string path = _folder["a.wav"];
        int won = 0, refused = 0;
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            try
            {
                AtomicFile.Write(path, overwrite: false, stream => stream.Write([(byte)i, (byte)i]));
                Interlocked.Increment(ref won);
            }
            catch (OutputException e) when (e.Code == ReasonCodes.OutputExists)
            {
                Assert.Contains("another program made it meanwhile, and it stays", e.Message, StringComparison.Ordinal);
                Interlocked.Increment(ref refused);
            }
        });
        Assert.Equal((1, 63), (won, refused));
        Assert.Equal(["a.wav"], _folder.Names());
        byte[] content = File.ReadAllBytes(path);
        Assert.True(content.Length == 2 && content[0] == content[1]);
    }

    [Fact]
    public void Whichever_operation_fails_the_failure_is_ours_and_nothing_is_left_or_lost()
    {
        string path = _folder["a.wav"];
        float[] samples = new float[500_000];
        samples.AsSpan().Fill(0.1f);
        var counting = new FailingFiles(int.MaxValue, () => new IOException());
        AtomicFile.Write(path, overwrite: true, Content, counting);
        Assert.InRange(counting.Operations, 8, 12);      // create, header, four blocks, flush, rename
        foreach (bool overwrite in new[] { false, true })
        {
            for (int k = 1; k <= counting.Operations; k++)
            {
                File.Delete(path);
                if (overwrite)
                {
                    File.WriteAllBytes(path, [9]);
                }

                foreach ((Func<Exception> failure, ErrorKind kind, string code) in Faults)
                {
                    var thrown = Assert.ThrowsAny<VoiceCleanException>(() =>
                        AtomicFile.Write(path, overwrite, Content, new FailingFiles(k, failure)));
                    Assert.Equal((kind, code), (thrown.Kind, thrown.Code));
                    Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
                    Assert.Equal(overwrite ? ["a.wav"] : [], _folder.Names());
                }

                Assert.True(!overwrite || File.ReadAllBytes(path) is [9]);
            }
        }

        void Content(Stream stream) => WavWriter.Write(stream, samples, 32000, SampleEncoding.Pcm16, "a");
    }

    [Fact]
    public void A_callback_that_gives_up_half_way_leaves_nothing_and_its_exception_passes()
    {
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(_folder["a.wav"], true, stream =>
        {
            stream.Write(new byte[1000]);
            throw new OperationCanceledException();
        }));
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public void A_missing_folder_a_folder_as_target_and_a_long_name_are_failures_of_the_output()
    {
        Directory.CreateDirectory(_folder["sub"]);
        AssertFails(Path.Combine(_folder.Path, "none", "a.wav"), ReasonCodes.NotFound);
        AssertFails(_folder["sub"], ReasonCodes.OutputExists);
        AssertFails(_folder.Path + Path.DirectorySeparatorChar, ReasonCodes.OutputExists);
        if (!OperatingSystem.IsWindows())
        {
            AssertFails(_folder[new string('n', 256)], ReasonCodes.NameTooLong);
        }

        Assert.Equal(["sub"], _folder.Names());

        static void AssertFails(string path, string code)
        {
            foreach (bool overwrite in new[] { false, true })
            {
                Assert.Equal(
                    code,
                    Assert
                        .Throws<OutputException>(() => AtomicFile.Write(path, overwrite, stream => stream.Write([1])))
                        .Code);
            }
        }
    }

    [Fact]
    public void A_full_disk_is_a_temporary_failure_without_space()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("There is no /dev/full here.");
        }

        using FileStream full = File.OpenWrite("/dev/full");
        var cause = Assert.ThrowsAny<IOException>(() => { full.Write(new byte[100_000]); full.Flush(); });
        VoiceCleanException failure = OutputErrors.Describe(cause, "out.wav");
        Assert.Equal((ErrorKind.Temporary, ReasonCodes.NoSpace), (failure.Kind, failure.Code));
    }

    // Where renameat2 is missing, link decides.
    [Fact]
    public void Publishing_by_a_second_name_does_not_overwrite_and_leaves_one_name()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows renames without overwriting by itself.");
        }

        string temporary = _folder["t"], target = _folder["a"];
        File.WriteAllBytes(temporary, [1]);
        Assert.True(UnixFiles.TryLinkNew(temporary, target));
        Assert.Equal(["a"], _folder.Names());
        File.WriteAllBytes(temporary, [2]);
        Assert.Throws<TargetExistsException>(() => UnixFiles.TryLinkNew(temporary, target));
        Assert.Equal([1], File.ReadAllBytes(target));
        Assert.False(UnixFiles.TryLinkNew(temporary, Path.Combine(_folder.Path, "none", "a")));
    }

    [Fact]
    public void A_folder_can_be_flushed_and_a_missing_one_says_so()
    {
        DiskFiles.Instance.FlushDirectory(_folder.Path);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Throws<IOException>(() => DiskFiles.Instance.FlushDirectory(_folder["none"]));
        }
    }

    [Theory]
    [InlineData(".vc-0123abcd.tmp", true)]
    [InlineData(".vc-0123abcg.tmp", false)]
    [InlineData(".vc-00070123abcd.tmp", true)]
    [InlineData(".vc-070123abcd.tmp", false)]
    [InlineData(".vc-000700070123abcd.tmp", false)]
    [InlineData(".vc-0123abcd.tmp2", false)]
    [InlineData("vc-0123abcd.tmp", false)]
    [InlineData("", false)]
    public void Only_our_own_temporary_names_are_recognised(string name, bool expected) =>
        Assert.Equal(expected, AtomicFile.IsTemporaryName(name));

    [Theory]
    [InlineData(".vc-00070123abcd.tmp", "0007", true)]
    [InlineData(".vc-00070123abcd.tmp", "0070", false)]
    [InlineData(".vc-00070123abcd.tmp", "", false)]
    [InlineData(".vc-00070123.tmp", "0007", false)]
    public void A_temporary_name_tells_its_writer(string name, string mark, bool expected) =>
        Assert.Equal(expected, AtomicFile.IsMarked(name, mark));

    private static readonly (Func<Exception> Failure, ErrorKind Kind, string Code)[] Faults =
    [
        (
            () =>
                new IOException(
                    "No space left on device",
                    OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28),
            ErrorKind.Temporary,
            ReasonCodes.NoSpace),
        (() => new IOException("Input/output error", 5000), ErrorKind.Temporary, ReasonCodes.IoError),
        (() => new UnauthorizedAccessException(), ErrorKind.Output, ReasonCodes.PermissionDenied),
    ];
}
