using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets;

public sealed class EmptyFoldersTests : IDisposable
{
    private readonly MadeSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void The_folder_of_a_speaker_who_left_goes_unless_somebody_put_something_into_it()
    {
        float[] talk = Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 29).Samples;
        _set.Put("anna/a.wav", talk);
        _set.Put("bob/b.wav", talk);
        _set.Make();
        File.WriteAllText(Path.Combine(_set.Root, "bob", "notes.txt"), "mine");
        _set.Speaker = "carla";
        _set.Make();
        Assert.False(Directory.Exists(Path.Combine(_set.Root, "anna")));
        Assert.Equal(
            ["notes.txt"],
            Directory.EnumerateFileSystemEntries(Path.Combine(_set.Root, "bob")).Select(Path.GetFileName));
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(_set.Root, "carla"), "*.wav"));
    }
}
