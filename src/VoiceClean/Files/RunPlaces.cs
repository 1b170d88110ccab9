using VoiceClean.Errors;

namespace VoiceClean.Files;

/// <summary>
/// Every file that a run reads and every place that it writes: the one place that knows them all, so that nothing is
/// written over. A place is refused, and nothing touched, if it is an input, whatever its spelling and through whatever
/// links; if two outputs are one file; and if anything is there that may not be replaced. One object a run; not
/// thread-safe.
/// </summary>
/// <param name="howToReplace">What a message advises where a file exists already: "replace it with --force".</param>
internal sealed class RunPlaces(string howToReplace)
{
    private readonly List<string> _inputs = [];
    private readonly List<Claim> _claims = [];

    private sealed record Claim(WritePlace Place, PlaceRule Rule, Predicate<string>? IsOurs);

    /// <summary>Notes a file that is read; "-" is standard input.</summary>
    public void AddInput(string path) => _inputs.Add(path);

    /// <summary>Notes a place that is written to. Nothing is refused before <see cref="Check"/>.</summary>
    /// <param name="path">As it was named.</param>
    /// <param name="label">By what it was named: "--report"; empty for what needs no name.</param>
    /// <param name="rule">What may happen to a file that is there.</param>
    /// <param name="isOurs">For <see cref="PlaceRule.ReplaceOurs"/> and <see cref="PlaceRule.Append"/>: whether the
    /// file that is there is one of ours.</param>
    public WritePlace AddPlace(string path, string label, PlaceRule rule, Predicate<string>? isOurs = null)
    {
        var place = new WritePlace(path, label, overwrite: rule != PlaceRule.New);
        _claims.Add(new Claim(place, rule, isOurs));
        return place;
    }

    /// <summary>Refuses places that are inputs, or one another, or taken.</summary>
    /// <exception cref="VoiceCleanException">The first that is refused.</exception>
    public void Check()
    {
        CheckInputs(_inputs);
        for (int i = 0; i < _claims.Count; i++)
        {
            WritePlace place = _claims[i].Place;
            if (_claims.Take(i).FirstOrDefault(c => AreSame(c.Place, place)) is { } other)
            {
                throw new OutputException(
                    ReasonCodes.NameCollision,
                    $"{place.Name} is the same file as {other.Place.Name}; choose another name.");
            }
        }

        foreach (Claim claim in _claims)
        {
            CheckFree(claim);
            claim.Place.CheckWritable();
        }
    }

    /// <summary>Refuses places that are among inputs which were found later: those in folders.</summary>
    /// <param name="inputs">As they were named; "-" is standard input.</param>
    /// <exception cref="OutputException">One is.</exception>
    public void CheckInputs(IEnumerable<string> inputs)
    {
        var places = _claims
            .Select(c => c.Place)
            .Select(p => (Place: p, p.Identity, Full: Path.GetFullPath(p.Target)))
            .Where(p => p.Identity is not null || !OperatingSystem.IsLinux())
            .ToList();
        if (places.Count == 0)
        {
            return;
        }

        foreach (string named in inputs)
        {
            string input = named == "-" ? "/dev/stdin" : named;
            FileIdentity? identity = FileIdentity.Of(input);
            foreach ((WritePlace place, FileIdentity? its, string full) in places)
            {
                if (its is null
                    ? string.Equals(full, Path.GetFullPath(input), StringComparison.OrdinalIgnoreCase)
                    : its == identity)
                {
                    throw new OutputException(
                        ReasonCodes.InputIsOutput,
                        $"{place.Name} is one of the inputs; choose another name, inputs are never overwritten.");
                }
            }
        }
    }

    /// <summary>Refuses places that are results of the run, or lie where it keeps its own files.</summary>
    /// <param name="results">Where results will appear.</param>
    /// <param name="folders">Folders that hold nothing but the run's own files.</param>
    /// <exception cref="OutputException">One is.</exception>
    public void CheckResults(IEnumerable<string> results, IEnumerable<string> folders)
    {
        var places = _claims
            .Select(c => c.Place)
            .Where(p => !p.IsStream)
            .ToLookup(p => NameFolding.Key(Path.GetFileName(p.Target)), StringComparer.Ordinal);
        if (places.Count == 0)
        {
            return;
        }

        foreach (string result in results)
        {
            foreach (WritePlace place in places[NameFolding.Key(Path.GetFileName(result))])
            {
                if (AreSame(new WritePlace(result, "", overwrite: false), place))
                {
                    throw new OutputException(
                        ReasonCodes.NameCollision,
                        $"{place.Name} is the place of a result; choose another name.");
                }
            }
        }

        foreach (string folder in folders)
        {
            if (places.SelectMany(p => p).FirstOrDefault(p => IsBelow(p.Target, folder)) is { } place)
            {
                throw new OutputException(
                    ReasonCodes.NameCollision,
                    $"{place.Name} lies in {folder}, which is for the run's own files; choose another folder.");
            }
        }
    }

    private void CheckFree(Claim claim)
    {
        WritePlace place = claim.Place;
        // A folder is never replaced; CheckWritable says what to name instead.
        if (place.IsStream || !place.Exists || Directory.Exists(place.Target) || claim.Rule == PlaceRule.Replace)
        {
            return;
        }

        if (claim.Rule != PlaceRule.New && claim.IsOurs?.Invoke(place.Target) == true)
        {
            return;
        }

        throw new OutputException(
            ReasonCodes.OutputExists,
            claim.Rule == PlaceRule.Append
                ? $"{place.Name} exists already and is no log of ours; choose another name."
                : $"{place.Name} exists already; choose another name or {howToReplace}.");
    }

    // Also of files that are not there yet, and where letter case or the form of accents does not count.
    private static bool AreSame(WritePlace a, WritePlace b)
    {
        if (a.Descriptor is not null || b.Descriptor is not null)
        {
            return a.Descriptor == b.Descriptor || (a.Identity is { } file && file == b.Identity);
        }

        return !(a.IsStream && b.IsStream)
            && (FileIdentity.AreSame(a.Target, b.Target) || Spelling(a.Target) == Spelling(b.Target));
    }

    // The deepest folder that is there, and the names below it that are not.
    private static (FileIdentity? Folder, string Below) Spelling(string path)
    {
        string full = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(full);
        while (folder is not null && !Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null || FileIdentity.Of(folder) is not { } identity
            ? (null, NameFolding.Key(full))
            : (identity, NameFolding.Key(Path.GetRelativePath(folder, full)));
    }

    private static bool IsBelow(string path, string folder)
    {
        string full = Path.GetFullPath(folder);
        for (string? above = Path.GetDirectoryName(Path.GetFullPath(path)); above is not null;)
        {
            if (FileIdentity.AreSame(above, full))
            {
                return true;
            }

            above = Path.GetDirectoryName(above);
        }

        return false;
    }
}

/// <summary>What may happen to a file that is where something is to be written.</summary>
internal enum PlaceRule
{
    /// <summary>There may be none.</summary>
    New,

    /// <summary>It is replaced if it is one of ours.</summary>
    ReplaceOurs,

    /// <summary>It is replaced.</summary>
    Replace,

    /// <summary>If it is one of ours, it is added to.</summary>
    Append,
}
