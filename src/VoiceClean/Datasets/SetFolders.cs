using VoiceClean.Files;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>Where a set lies, and where what it remembers.</summary>
/// <param name="Root">The folder of the set.</param>
/// <param name="Memory">The folder of the memory; null = <c>.voiceclean</c> in the set.</param>
internal readonly record struct SetFolders(string Root, string? Memory = null)
{
    /// <summary>The mark of the shard that writes (<see cref="IOutputFiles.Mark"/>); null = none. Of no use beside a
    /// memory elsewhere: another run may do the same shard.</summary>
    public string? Mark { get; init; }

    /// <summary>The disk, for whoever writes in the set.</summary>
    public IOutputFiles Files => DiskFiles.For(Memory is null && Mark is { } mark ? mark : "");

    /// <summary>Folder of the records of recordings.</summary>
    public string Records => Path.Combine(StateFolder.In(Root, Memory), "recordings");

    /// <summary>A set that remembers within itself.</summary>
    public static implicit operator SetFolders(string root) => new(root);

    /// <summary>The record of a recording.</summary>
    /// <param name="stem">First part of the names of its clips.</param>
    public string RecordOf(string stem) => Path.Combine(Records, stem + ".json");
}
