using VoiceClean.Files;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;

namespace VoiceClean.Runs;

/// <summary>
/// The plan of the usual run, which makes the places of results when they are asked for and asks the disk about those
/// only that may exist: with a million names a whole plan takes a gigabyte and two questions about each.
/// </summary>
internal static class QuickPlan
{
    /// <summary>
    /// Plans what was found. Null where that is not enough and a whole plan has to tell: names may meet, a result may
    /// be an input by another name, nothing can be read, or there is nothing.
    /// </summary>
    /// <param name="options">What is to be done.</param>
    /// <param name="found">The inputs of this run's shard.</param>
    /// <param name="census">Has counted the inputs of all shards.</param>
    public static FolderPlan? TryFind(CleanFolderOptions options, FileSelection found, ShareCensus census)
    {
        if (!census.IsClear
            || census.Count == 0
            || (found.Files.Count > 0 && found.Files.All(f => f.Failure is not null)))
        {
            return null;
        }

        var places = new OutputPlaces(options.OutputFolder);
        var folders = new Dictionary<string, Place>(StringComparer.Ordinal);
        var items = new PlanList(found.Files, options.OutputFolder);
        Place? place = null;
        for (int i = 0; i < found.Files.Count; i++)
        {
            if (place is null || !found.Files.IsBesideTheLast(i))
            {
                place = PlaceOf(Planner.OutputOf(found.Files[i].Id), found, places, folders);
            }

            if (place.IsOutside || (place.Exists && MayReplaceAnInput(items[i].OutputPath, place, found)))
            {
                return null;
            }
        }

        return new FolderPlan(found, items, items, [], null) { Total = census.Count - found.CountWithoutName };
    }

    // What is known of a folder of results.
    private sealed class Place(bool isOutside, bool exists, bool holdsInputs)
    {
        public bool IsOutside => isOutside;

        public bool Exists => exists;

        public bool HoldsInputs => holdsInputs;
    }

    private static Place PlaceOf(
        string output,
        FileSelection found,
        OutputPlaces places,
        Dictionary<string, Place> folders)
    {
        string folder = output[..Math.Max(0, output.LastIndexOf('/'))];
        if (!folders.TryGetValue(folder, out Place? place))
        {
            string path = Path.Combine(places.Root, folder);
            bool exists = Directory.Exists(path);
            place = new Place(places.IsOutside(output), exists, exists && found.MayHoldInputs(path));
            folders.Add(folder, place);
        }

        return place;
    }

    // A result that exists can be an input only where inputs lie, by another name of its file, or through a link.
    private static bool MayReplaceAnInput(string output, Place place, FileSelection found) =>
        (place.HoldsInputs && File.Exists(output))
        || FileIdentity.MayHaveOtherNames(output)
        || found.HasLinkTo(output);
}
