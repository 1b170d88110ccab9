using VoiceClean.Files;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Runs.Planning;

/// <summary>
/// Counts the inputs of all shards by a hash of the place of their results: some 16 bytes each, and no question to the
/// disk. If all hashes differ, no two results meet, and a shard needs to know nothing else of the others. If two are
/// equal, a whole plan finds out why.
/// </summary>
/// <param name="shard">This run's share.</param>
internal sealed class ShareCensus(Shard shard) : IShare
{
    private readonly HashSet64 _outputs = new();
    private readonly HashSet64 _folders = new();
    private string _folder = "";
    private char[] _output = new char[256];
    private bool _hasMeeting;

    /// <summary>Inputs of all shards.</summary>
    public int Count { get; private set; }

    /// <summary>True if no result can meet another or a folder of others.</summary>
    public bool IsClear => !_hasMeeting && !_folders.Overlaps(_outputs);

    /// <inheritdoc/>
    public bool Owns(string id) => shard.Owns(id);

    /// <inheritdoc/>
    public void Note(string id) => Note(id.AsSpan());

    /// <summary>The same of an id that is no string.</summary>
    public void Note(ReadOnlySpan<char> id)
    {
        Count++;
        ReadOnlySpan<char> output = OutputOf(id);
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

    private ReadOnlySpan<char> OutputOf(ReadOnlySpan<char> id)
    {
        ReadOnlySpan<char> stem = Planner.StemOf(id);
        int length = stem.Length + Planner.Extension.Length;
        if (length > _output.Length)
        {
            _output = new char[length * 2];
        }

        stem.CopyTo(_output);
        Planner.Extension.CopyTo(_output.AsSpan(stem.Length));
        return _output.AsSpan(0, length);
    }
}
