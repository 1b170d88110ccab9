using VoiceClean.Files;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Runs.Planning;

/// <summary>
/// Counts the inputs of all shards by a hash of the place of their results: 8 bytes each, and no question to the disk.
/// If all hashes differ, no two results meet, and a shard needs to know nothing else of the others. If two are equal, a
/// whole plan finds out why.
/// </summary>
/// <param name="shard">This run's share.</param>
internal sealed class ShareCensus(Shard shard) : IShare
{
    private readonly HashSet<ulong> _outputs = [];
    private readonly HashSet<ulong> _folders = [];
    private string _folder = "";
    private bool _hasMeeting;

    /// <summary>Inputs of all shards.</summary>
    public int Count { get; private set; }

    /// <summary>True if no result can meet another or a folder of others.</summary>
    public bool IsClear => !_hasMeeting && !_outputs.Overlaps(_folders);

    /// <inheritdoc/>
    public bool Owns(string id) => shard.Owns(id);

    /// <inheritdoc/>
    public void Note(string id)
    {
        Count++;
        ReadOnlySpan<char> output = Planner.OutputOf(id);
        _hasMeeting |= !_outputs.Add(NameFolding.Hash(output));
        ReadOnlySpan<char> folder = output[..Math.Max(0, output.LastIndexOf('/'))];
        if (folder.SequenceEqual(_folder))
        {
            return;      // neighbours share their folder
        }

        _folder = folder.ToString();
        while (folder.Length > 0)
        {
            _folders.Add(NameFolding.Hash(folder));
            folder = folder[..Math.Max(0, folder.LastIndexOf('/'))];
        }
    }
}
