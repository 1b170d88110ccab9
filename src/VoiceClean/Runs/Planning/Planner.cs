using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Runs.Planning;

/// <summary>
/// Gives every input its place in a mirrored tree, <c>{dir}/{stem}.wav</c>, and finds what would go wrong there: names
/// that meet, results that would overwrite inputs or leave the output folder, names that no file system takes.
/// </summary>
internal sealed class Planner
{
    /// <summary>Of every result.</summary>
    internal const string Extension = ".wav";

    private readonly string _root;
    private readonly CollisionPolicy _policy;
    private readonly RunAdvice _advice;
    private readonly Dictionary<string, PlanItem> _taken = new(StringComparer.Ordinal);
    private readonly OutputPlaces _places;
    private readonly List<PlanItem> _items = [];
    private readonly List<PlanProblem> _problems = [];

    private Planner(string root, CollisionPolicy policy, RunAdvice advice)
    {
        _root = root;
        _places = new OutputPlaces(root);
        _policy = policy;
        _advice = advice;
    }

    /// <summary>Plans a batch. Looks at the disk, changes nothing.</summary>
    /// <param name="files">The inputs, sorted.</param>
    /// <param name="outputRoot">The output folder; need not exist.</param>
    /// <param name="policy">What happens if two results meet.</param>
    /// <param name="shard">Whose items are wanted.</param>
    /// <param name="advice">What messages advise; null = the words of the library.</param>
    public static BatchPlan Plan(
        IReadOnlyList<SelectedFile> files,
        string outputRoot,
        CollisionPolicy policy,
        Shard shard,
        RunAdvice? advice = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentException.ThrowIfNullOrEmpty(outputRoot);
        var planner = new Planner(outputRoot, policy, advice ?? new RunAdvice());
        foreach (SelectedFile file in files)
        {
            planner.Add(file);
        }

        planner.FindFilesThatAreFolders();
        planner.FindOutputsThatAreInputs();
        return new BatchPlan([.. planner._items.Where(i => shard.Owns(i.Id))], planner._problems);
    }

    private void Add(SelectedFile file)
    {
        string output = OutputOf(file.Id);
        PlanItem item = PlanList.ItemOf(file, output, _root);
        if (_places.IsOutside(output))
        {
            _items.Add(item);
            _problems.Add(
                new PlanProblem(
                    item,
                    new OutputException(
                        ReasonCodes.OutsideOutputRoot,
                        $"{file.Path} would be written outside {_root} or through a link in it; give its folder as "
                            + "input, or remove the link.")));
            return;
        }

        if (!_taken.TryAdd(NameFolding.Key(output), item))
        {
            PlanItem first = _taken[NameFolding.Key(output)];
            if (_policy == CollisionPolicy.Fail && file.Failure is null)
            {
                _problems.Add(
                    new PlanProblem(
                        item,
                        new OutputException(
                            ReasonCodes.NameCollision,
                            string.Equals(first.Output, output, StringComparison.Ordinal)
                                ? $"{first.InputPath} and {file.Path} would both become {item.OutputPath}; rename one, "
                                    + $"or {_advice.AllowSuffixes}."
                                : $"{first.InputPath} and {file.Path} would become {first.Output} and {output}, which "
                                    + "are one file where letter case or the form of accents does not count; rename "
                                    + $"one, or {_advice.AllowSuffixes}.")));
            }
            else
            {
                item = PlanList.ItemOf(file, FreeName(output), _root);
                _taken.Add(NameFolding.Key(item.Output), item);
            }
        }

        _items.Add(item);
    }

    /// <summary>"a/b.mp3" → "a/b.wav". A name that is nothing but an extension keeps it.</summary>
    internal static string OutputOf(string id) => string.Concat(StemOf(id), Extension);

    /// <summary>"a/b.mp3" → "a/b".</summary>
    internal static ReadOnlySpan<char> StemOf(ReadOnlySpan<char> id)
    {
        int start = id.LastIndexOf('/') + 1;
        int dot = id.LastIndexOf('.');
        return dot > start ? id[..dot] : id;
    }

    private string FreeName(string output)
    {
        string stem = output[..^Extension.Length];
        for (int n = 2; ; n++)
        {
            string candidate = FormattableString.Invariant($"{stem}-{n}.wav");
            if (!_taken.ContainsKey(NameFolding.Key(candidate)))
            {
                return candidate;
            }
        }
    }

    /// <summary>"x.mp3" would become the file x.wav, "x.wav/y.mp3" needs a folder of that name.</summary>
    private void FindFilesThatAreFolders()
    {
        foreach (string folder in _places.Folders)
        {
            if (_taken.TryGetValue(NameFolding.Key(folder), out PlanItem? item))
            {
                _problems.Add(
                    new PlanProblem(
                        item,
                        new OutputException(
                            ReasonCodes.NameCollision,
                            $"{item.InputPath} would become {item.OutputPath}, which must be a folder for other "
                                + "results; rename one of them.")));
            }
        }
    }

    private void FindOutputsThatAreInputs()
    {
        var inputs = new Dictionary<FileIdentity, string>();
        // for systems that do not tell identities
        var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (PlanItem item in _items)
        {
            paths.TryAdd(Path.GetFullPath(item.InputPath), item.InputPath);
            if (FileIdentity.Of(item.InputPath) is { } identity)
            {
                inputs.TryAdd(identity, item.InputPath);
            }
        }

        foreach (PlanItem item in _items)
        {
            string? input =
                FileIdentity.Of(item.OutputPath) is { } identity ? inputs.GetValueOrDefault(identity)
                : Path.Exists(item.OutputPath) || !OperatingSystem.IsLinux()
                    ? paths.GetValueOrDefault(Path.GetFullPath(item.OutputPath))
                : null;
            if (input is not null)
            {
                _problems.Add(
                    new PlanProblem(
                        item,
                        new OutputException(
                            ReasonCodes.InputIsOutput,
                            $"The result of {item.InputPath} would replace the input {input}; choose another output "
                                + "folder, inputs are never overwritten.")));
            }
        }
    }
}
