using System.Collections;
using System.Text;
using VoiceClean.Errors;
using VoiceClean.Runs.Selection;

namespace VoiceClean.Runs.Planning;

/// <summary>
/// The items of inputs whose results do not meet, each made when it is asked for: of a million, their names alone are
/// kept.
/// </summary>
/// <param name="files">The inputs, sorted.</param>
/// <param name="root">The output folder.</param>
internal sealed class PlanList(FoundFiles files, string root) : IReadOnlyList<PlanItem>
{
    /// <summary>
    /// Most bytes of one name on the usual file systems (ext4, XFS, Btrfs, APFS; NTFS counts 255 UTF-16 units).
    /// </summary>
    private const int LongestName = 255;

    /// <inheritdoc/>
    public int Count => files.Count;

    /// <summary>A new object at each call, equal to the one before.</summary>
    public PlanItem this[int index] => ItemOf(files[index], Planner.OutputOf(files[index].Id), root);

    /// <summary>One input and where its result goes.</summary>
    /// <param name="file">The input.</param>
    /// <param name="output">See <see cref="PlanItem.Output"/>.</param>
    /// <param name="root">The output folder.</param>
    internal static PlanItem ItemOf(SelectedFile file, string output, string root)
    {
        string name = output[(output.LastIndexOf('/') + 1)..];
        string path = Path.Combine(root, output.Replace('/', Path.DirectorySeparatorChar));
        return new PlanItem
        {
            Id = file.Id,
            InputPath = file.Path,
            Output = output,
            OutputPath = path,
            Failure =
                file.Failure
                ?? (
                    Encoding.UTF8.GetByteCount(name) > LongestName
                        ? new OutputException(
                            ReasonCodes.NameTooLong,
                            $"{path} has a name of more than {LongestName} bytes; give {file.Path} a shorter one.")
                        : null),
        };
    }

    /// <summary>At least one item of each folder of results.</summary>
    public IEnumerable<PlanItem> OfEachFolder()
    {
        for (int i = 0; i < Count; i++)
        {
            if (!files.IsBesideTheLast(i))
            {
                yield return this[i];
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<PlanItem> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
