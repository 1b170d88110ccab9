using VoiceClean.Datasets.Targets;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;

namespace VoiceClean.Datasets;

/// <summary>
/// A stem for every recording, unique over the set wherever letter case or the form of accents does not count. The
/// file's name alone where it is unique; else with its folders; else with some digits of the SHA-256 of its id as well.
/// Never depends on the order. Names are compared by hashes of 64 bits: where two different ones had the same, which
/// happens to one set of a million in thirty million, both would get a longer stem than they need.
/// </summary>
internal sealed class RecordingStems
{
    private readonly byte[] _forms;      // of each recording's stem

    /// <summary>The id of a recording, good until the next call.</summary>
    public delegate ReadOnlySpan<char> IdOf(int index);

    private RecordingStems(byte[] forms) => _forms = forms;

    /// <summary>Finds the form of each stem: a byte a recording is kept.</summary>
    /// <param name="count">Number of recordings.</param>
    /// <param name="idOf">Their ids, relative paths with '/', each once.</param>
    public static RecordingStems Find(int count, IdOf idOf)
    {
        ArgumentNullException.ThrowIfNull(idOf);
        var forms = new byte[count];
        var hashes = new ulong[count];
        HashSet64? taken = null;                   // made when a second form is needed: most names need none
        int left = count;
        for (byte form = 0; left > 0; form++)
        {
            if (form == ClipNames.StemForms)
            {
                throw new InvalidOperationException("Some recordings find no name of their own.");
            }

            (HashSet64 once, HashSet64 several) = (new HashSet64(left), new HashSet64());
            for (int i = 0; i < count; i++)
            {
                if (forms[i] == form)
                {
                    hashes[i] = NameFolding.Hash(ClipNames.Stem(idOf(i), form));
                    _ = once.Add(hashes[i]) || several.Add(hashes[i]);
                }
            }

            left = 0;
            for (int i = 0; i < count; i++)
            {
                // A name that several want goes to none of them, also not later.
                if (forms[i] == form && (several.Contains(hashes[i]) || taken?.Contains(hashes[i]) == true))
                {
                    forms[i]++;
                    left++;
                }
            }

            if (left > 0)
            {
                (taken ??= new HashSet64()).UnionWith(once);
            }
        }

        return new RecordingStems(forms);
    }

    /// <summary>The stem of a recording.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="id">Its id.</param>
    public string Of(int index, string id) => ClipNames.Stem(id, _forms[index]).ToString();
}
