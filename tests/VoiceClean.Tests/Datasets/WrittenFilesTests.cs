using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>What people change in a set is theirs.</summary>
public sealed class WrittenFilesTests : IDisposable
{
    private readonly MadeSet _set = new();

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("gpt-sovits", "anna.list")]
    [InlineData("xtts", "metadata_train.csv")]
    [InlineData("f5-tts", "metadata.csv")]
    [InlineData("gpt-sovits", "anna.jsonl")]
    [InlineData("gpt-sovits", "report.json")]
    public void A_list_that_was_changed_by_hand_is_kept_when_it_is_written_anew(string target, string name)
    {
        _set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 31).Samples);
        DatasetOptions options = _set.Options with { Target = DatasetTargets.Load(target) };
        Assert.Empty(_set.Make(options).EditedFiles);
        Assert.Empty(_set.Make(options).EditedFiles);
        string path = Path.Combine(_set.Root, name), written = File.ReadAllText(path), mine = written + "mine\n";
        File.WriteAllText(path, mine);
        Assert.Equal([$"_edited/{name}"], _set.Make(options).EditedFiles);
        Assert.Equal(mine, File.ReadAllText(Path.Combine(_set.Root, "_edited", name)));
        Assert.DoesNotContain("mine", File.ReadAllText(path), StringComparison.Ordinal);

        // Nothing is kept twice, but another change is.
        Assert.Single(_set.Make(options).EditedFiles);
        File.WriteAllText(path, "others\n");
        string second = $"_edited/{Path.GetFileNameWithoutExtension(name)}.2{Path.GetExtension(name)}";
        Assert.Equal(
            new[] { $"_edited/{name}", second }.Order(StringComparer.Ordinal),
            _set.Make(options).EditedFiles);
        Assert.Equal("others\n", File.ReadAllText(Path.Combine(_set.Root, second)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_clip_that_was_changed_by_hand_is_kept_when_it_is_made_anew(bool isAsLong)
    {
        _set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 31).Samples);
        _set.Make();
        string clip = FirstClip(), name = Path.GetRelativePath(_set.Root, clip).Replace('\\', '/');
        byte[] written = File.ReadAllBytes(clip), mine = isAsLong ? [.. written] : written[..^2000];
        mine[^1] ^= 1;
        File.WriteAllBytes(clip, mine);

        DatasetOptions other = _set.Options with { Target = _set.Options.Target with { LoudnessLufs = -20 } };
        Assert.Equal([$"_edited/{name}"], _set.Make(other).EditedFiles);
        Assert.Equal(mine, File.ReadAllBytes(Path.Combine(_set.Root, "_edited", name)));
        Assert.NotEqual(mine, File.ReadAllBytes(clip));

        // What a run has written itself is nobody's change.
        Assert.Single(_set.Make().EditedFiles);
        Assert.Equal(written, File.ReadAllBytes(clip));
    }

    [Fact]
    public void A_changed_clip_is_kept_when_its_recording_goes()
    {
        string recording = _set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 31).Samples);
        _set.Put("anna/b.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 32).Samples);
        _set.Make();
        string clip = FirstClip(), name = Path.GetRelativePath(_set.Root, clip).Replace('\\', '/');
        File.AppendAllText(clip, "mine");
        byte[] mine = File.ReadAllBytes(clip);
        File.Delete(recording);
        Assert.Equal([$"_edited/{name}"], _set.Make().EditedFiles);
        Assert.False(File.Exists(clip));
        Assert.Equal(mine, File.ReadAllBytes(Path.Combine(_set.Root, "_edited", name)));
    }

    [Fact]
    public void A_clip_that_a_killed_run_has_replaced_already_is_nobodys_change()
    {
        _set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 31).Samples);
        DatasetOptions other = _set.Options with { Target = _set.Options.Target with { LoudnessLufs = -20 } };
        _set.Make(other);
        byte[] later = File.ReadAllBytes(FirstClip());
        _set.Make();
        File.WriteAllBytes(FirstClip(), later);
        Assert.Empty(_set.Make(other).EditedFiles);
        Assert.Equal(later, File.ReadAllBytes(FirstClip()));
    }

    private string FirstClip() =>
        Directory.EnumerateFiles(_set.Root, "*.wav", SearchOption.AllDirectories)
            .Where(f => !f.Contains("_edited", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .First();

    [Fact]
    public void A_changed_list_is_kept_when_the_set_gets_another_target()
    {
        _set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 31).Samples);
        _set.Make();
        File.AppendAllText(Path.Combine(_set.Root, "anna.list"), "mine\n");
        DatasetReport report = _set.Make(_set.Options with { Target = DatasetTargets.Load("xtts") });
        Assert.Equal(["_edited/anna.list"], report.EditedFiles);
        Assert.False(File.Exists(Path.Combine(_set.Root, "anna.list")));
    }

    [Fact]
    public void A_text_beside_a_clip_that_was_changed_is_kept_when_it_is_written_anew_and_when_its_clip_goes()
    {
        string recording = _set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 31).Samples);
        _set.Put("anna/b.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 32).Samples);
        File.WriteAllText(Path.ChangeExtension(recording, ".txt"), "Hello.");
        DatasetOptions options = _set.Options with { Target = DatasetTargets.Load("fish-speech") };
        _set.Make(options);
        string lab = Directory.EnumerateFiles(_set.Root, "*.lab", SearchOption.AllDirectories).Single();
        Assert.Equal("Hello.\n", File.ReadAllText(lab));
        File.WriteAllText(lab, "Hello!\n");
        string kept = "_edited/" + Path.GetRelativePath(_set.Root, lab).Replace('\\', '/');
        Assert.Equal([kept], _set.Make(options).EditedFiles);
        Assert.Equal("Hello.\n", File.ReadAllText(lab));

        File.WriteAllText(lab, "Goodbye.\n");
        File.Delete(recording);
        Assert.Equal(2, _set.Make(options).EditedFiles.Count);
        Assert.False(File.Exists(lab));
        Assert.Equal(
            ["Goodbye.\n", "Hello!\n"],
            Directory.EnumerateFiles(Path.Combine(_set.Root, "_edited"), "*", SearchOption.AllDirectories)
                .Select(File.ReadAllText)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_kept_is_no_clip_and_no_list_of_the_set()
    {
        _set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 31).Samples);
        _set.Make();
        File.AppendAllText(Path.Combine(_set.Root, "anna.list"), "mine\n");
        SetResult result = _set.Run();
        Assert.Empty(result.ForeignFiles);
        Assert.DoesNotContain(
            new CheckSet(new CheckSetOptions { Folder = _set.Root, Target = DatasetTargets.Load("gpt-sovits") }).Plan(),
            c => c.File.Contains("_edited", StringComparison.Ordinal));
    }
}
