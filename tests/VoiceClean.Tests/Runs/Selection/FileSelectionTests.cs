using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Selection;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Runs.Selection;

public sealed class FileSelectionTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_gives_its_audio_by_relative_path_sorted_and_counts_the_rest()
    {
        _folder.Clip("b/two.WAV");
        _folder.Clip("a.wav");
        _folder.Clip("no-extension");
        _folder.Clip("b/.hidden.wav");
        _folder.Clip(".git/x.wav");
        _folder.Clip("b/._two.WAV");
        File.WriteAllText(Path.Combine(_folder.In, "notes.txt"), "not audio");
        FileSelection selection = Select();
        Assert.Equal(["a.wav", "b/two.WAV", "no-extension"], selection.Files.Select(f => f.Id));
        Assert.All(selection.Files, f => Assert.True(File.Exists(f.Path)));
        Assert.Equal([("hidden", 3), ("not_audio", 1)], Counts(selection));
        Assert.Equal(
            [".git/x.wav", "a.wav", "b/.hidden.wav", "b/two.WAV", "no-extension"],
            Select(new SelectionOptions { Hidden = true }).Files.Select(f => f.Id));
    }

    [Fact]
    public void Broken_files_with_an_audio_extension_are_inputs_so_that_they_get_a_verdict()
    {
        File.WriteAllText(Path.Combine(_folder.In, "page.mp3"), "<html>404</html>");
        File.WriteAllBytes(Path.Combine(_folder.In, "empty.flac"), []);
        Assert.Equal(["empty.flac", "page.mp3"], Select().Files.Select(f => f.Id));
    }

    [Fact]
    public void Include_and_exclude_choose_in_folders()
    {
        foreach (string name in (string[])["a.wav", "b.wav", "old/a.wav", "new/a.wav", "new/old/c.wav"])
        {
            _folder.Clip(name);
        }

        Assert.Equal(
            ["a.wav", "new/a.wav"],
            Select(new SelectionOptions { Include = [new Glob("a.*")], Exclude = [new Glob("old")] })
                .Files.Select(f => f.Id));
        Assert.Equal(["a.wav", "b.wav"], Select(new SelectionOptions { Recursive = false }).Files.Select(f => f.Id));
    }

    [Fact]
    public async Task Loops_of_links_dangling_links_pipes_and_devices_are_left_out_and_never_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs symbolic links and pipes");
        _folder.Clip("sub/a.wav");
        File.CreateSymbolicLink(Path.Combine(_folder.In, "sub", "up"), _folder.In);
        File.CreateSymbolicLink(Path.Combine(_folder.In, "again"), Path.Combine(_folder.In, "sub"));
        File.CreateSymbolicLink(Path.Combine(_folder.In, "dangling.wav"), "nowhere");
        File.CreateSymbolicLink(Path.Combine(_folder.In, "self.wav"), "self.wav");
        File.CreateSymbolicLink(Path.Combine(_folder.In, "zero.wav"), "/dev/zero");
        ExternalProgram.Run("mkfifo", Path.Combine(_folder.In, "pipe.wav"));
        // Whoever opens the pipe waits for ever, and the device never ends.
        Task<FileSelection> selecting = Task.Run(() => Select(), TestContext.Current.CancellationToken);
        FileSelection selection = await selecting.WaitAsync(Await.Limit, TestContext.Current.CancellationToken);
        Assert.Equal(["sub/a.wav"], selection.Files.Select(f => f.Id));
        Assert.Equal([("dangling_link", 2), ("special_file", 2), ("visited_already", 2)], Counts(selection));
        FileSelection named = FileSelection.Select(
            [Path.Combine(_folder.In, "pipe.wav"), Path.Combine(_folder.In, "dangling.wav")],
            [],
            new SelectionOptions(),
            AudioDecoders.CreateDefault());
        Assert.Equal([ReasonCodes.NotFound, ReasonCodes.UnsupportedFormat], named.Files.Select(f => f.Failure!.Code));
    }

    [Fact]
    public void A_link_to_a_file_is_an_input_and_a_linked_folder_elsewhere_is_walked_under_its_own_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs symbolic links");
        string elsewhere = Directory.CreateDirectory(Path.Combine(_folder.Root, "elsewhere")).FullName;
        File.Move(_folder.Clip("x.wav"), Path.Combine(elsewhere, "x.wav"));
        File.CreateSymbolicLink(Path.Combine(_folder.In, "linked"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(_folder.In, "y.wav"), Path.Combine(elsewhere, "x.wav"));
        Assert.Equal(["linked/x.wav", "y.wav"], Select().Files.Select(f => f.Id));
    }

    [Fact]
    public void Strange_names_are_inputs_like_any_other()
    {
        string[] names =
        [
            new string('n', 251) + ".wav",
            "-rf.wav",
            "@list.wav",
            "emoji 🎤.wav",
            "שלום.wav",
            "[markup].wav",
            "a\tb.wav",
            "{0}.wav",
            "%s.wav",
            "$(x).wav",
            " lead.wav",
            "trail .wav",
            "e\u0301.wav",
            "\u202Ertl.wav",
            .. OperatingSystem.IsWindows()
                ? Array.Empty<string>()
                : ["new\nline.wav", "quote\"'.wav", "back\\slash.wav", "star*.wav", "q?.wav"],
        ];
        foreach (string name in names)
        {
            _folder.Clip(name);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), Select().Files.Select(f => f.Id));
        (IReadOnlyList<ClipReport> reports, _) = _folder.Run();
        Assert.All(reports, r => Assert.Equal(ClipStatus.Ok, r.Status));
        Assert.Equal(names.Order(StringComparer.Ordinal), reports.Select(r => r.Id));
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_reported_as_unreadable_in_folders_and_lists()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names are bytes on Linux only");
        string ok = _folder.Clip("ok.wav");
        // GBK
        ExternalProgram.Run("sh", "-c", $"cp '{ok}' \"$(printf '{_folder.In}/\\304\\343\\272\\303.wav')\"");
        FileSelection selection = Select();
        SelectedFile broken = Assert.Single(selection.Files, f => f.Failure is not null);
        Assert.Equal(ReasonCodes.UnreadableName, broken.Failure!.Code);
        using var list = new MemoryStream([
            .. Encoding.UTF8.GetBytes(_folder.In),
            .. "/"u8,
            0xC4,
            0xE3,
            0xBA,
            0xC3,
            .. ".wav\n"u8,
        ]);
        FileSelection listed = FileSelection.Select(
            [],
            InputList.Parse(list, false),
            new SelectionOptions(),
            AudioDecoders.CreateDefault());
        Assert.Equal(ReasonCodes.UnreadableName, Assert.Single(listed.Files).Failure!.Code);
        ExternalProgram.Run("rm", "-r", _folder.In);       // which the runtime cannot
    }

    [Fact]
    public void Listed_relative_paths_keep_their_folders_and_listed_folders_are_walked_under_theirs()
    {
        string before = Environment.CurrentDirectory;
        _folder.Clip("s/a.wav");
        _folder.Clip("s/t/b.wav");
        string here = Path.GetRelativePath(before, _folder.In);
        string[] listed =
        [
            Path.Combine(here, "s", ".", "a.wav"),
            Path.Combine(_folder.In, "s", "t", "b.wav"),
            Path.Combine(_folder.In, "none.wav"),
        ];
        FileSelection selection = FileSelection.Select(
            [],
            listed,
            new SelectionOptions(),
            AudioDecoders.CreateDefault());
        Assert.Equal(
            ["b.wav", "none.wav"],
            selection.Files.Select(f => f.Id).Where(id => !id.Contains('/', StringComparison.Ordinal)));
        Assert.EndsWith(
            "in/s/a.wav",
            Assert.Single(selection.Files, f => f.Id.Contains('/', StringComparison.Ordinal)).Id,
            StringComparison.Ordinal);
        Assert.Equal(ReasonCodes.NotFound, Assert.Single(selection.Files, f => f.Failure is not null).Failure!.Code);
    }

    [Fact]
    public void A_file_named_twice_is_one_input_and_the_output_in_the_input_is_none()
    {
        string path = _folder.Clip("a.wav");
        string output = Directory.CreateDirectory(Path.Combine(_folder.In, "clean")).FullName;
        _folder.Clip("clean/a.wav");
        FileSelection selection = FileSelection.Select(
            [_folder.In, path, _folder.In],
            [],
            new SelectionOptions { OutputFolder = output },
            AudioDecoders.CreateDefault());
        Assert.Equal(["a.wav"], selection.Files.Select(f => f.Id));
        Assert.Throws<OutputException>(() =>
            Select(new SelectionOptions { OutputFolder = Path.Combine(_folder.In, "clean", "..") }));
    }

    private FileSelection Select(SelectionOptions? options = null) =>
        FileSelection.Select([_folder.In], [], options ?? new SelectionOptions(), AudioDecoders.CreateDefault());

    private static IEnumerable<(string, int)> Counts(FileSelection selection) =>
        selection
            .Skipped.CountBy(s => s.Reason)
            .Select(c => (c.Key, c.Value))
            .OrderBy(c => c.Key, StringComparer.Ordinal);
}
