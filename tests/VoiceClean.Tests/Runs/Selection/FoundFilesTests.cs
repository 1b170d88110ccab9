using VoiceClean.Errors;
using VoiceClean.Runs.Selection;
using Xunit;

namespace VoiceClean.Tests.Runs.Selection;

/// <summary>Inputs that are kept as names and folders are those that were found, in the order of their ids.</summary>
public class FoundFilesTests
{
    private static readonly string[] Letters =
        ["a", "b", "-", ".", "/", "0", "é", "声", "\uFFFD", "\uE000", "\U0001F3A4", "\uD83C"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_names_they_come_back_sorted_by_id_and_path(int seed)
    {
        var random = new Random(seed);
        var files = new FoundFiles();
        var expected = new List<SelectedFile>();
        FoundFolder? last = null;
        for (int i = 0; i < 2_000; i++)
        {
            string id = Text(random, i % 40 / 10) + "/" + Text(random, 3);
            string path = i % 7 == 0 ? id : "/in/" + id;
            VoiceCleanException? failure =
                i % 11 == 0 ? new InputException(ReasonCodes.NotFound, path) : null;
            if (expected.TrueForAll(f => f.Path != path))
            {
                (last, string name) = FoundFolder.Split(path, id, last);
                files.Add(last, name, failure);
                expected.Add(new SelectedFile(path, id, failure));
            }
        }

        Assert.Empty(files.Sort());
        Assert.Equal(
            expected.OrderBy(f => f.Id, StringComparer.Ordinal).ThenBy(f => f.Path, StringComparer.Ordinal),
            files);
        Assert.All(Enumerable.Range(0, files.Count), i => Assert.Equal(files[i].Id, files.IdOf(i).ToString()));
    }

    [Fact]
    public void Of_one_file_by_two_spellings_the_first_counts()
    {
        var files = new FoundFiles();
        var here = new FoundFolder("in/", "");
        files.Add(here, "b.wav", null);
        files.Add(here, "a.wav", null);
        files.Add(new FoundFolder("in/./", ""), "a.wav", null);
        files.Add(new FoundFolder("other/", ""), "a.wav", null);
        Assert.Equal(["in/./a.wav"], files.Sort());
        Assert.Equal(["in/a.wav", "other/a.wav", "in/b.wav"], files.Select(f => f.Path));
        Assert.Equal(1, files.FirstNamesake);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12_000)]
    public void A_list_without_order_comes_back_sorted_however_many_folders_it_names(int folders)
    {
        var random = new Random(folders);
        string[] ids =
        [
            .. Enumerable.Range(0, 2 * folders).Select(i => $"{(i % 2 == 0 ? "a-b" : "a")}/{i / 2}/{i % 3}.wav"),
            "top.wav", "a.wav", "a/z.wav",
        ];
        string[] shuffled = [.. ids.Distinct().OrderBy(_ => random.Next())];
        int few = Math.Min(50, shuffled.Length);
        var found = new FoundEntries(null);
        Array.ForEach(shuffled, id => found.Add(id, id, null));
        Array.ForEach(shuffled[..few], id => found.Add("/elsewhere/" + id, "b/" + id, null));
        found.Sort();
        string[] expected = [.. shuffled.Concat(shuffled[..few].Select(id => "b/" + id))];
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Files.Select(f => f.Id));
        Assert.All(found.Files, f => Assert.EndsWith(f.Path.Replace("/elsewhere/", "b/"), f.Id));
        Assert.Empty(found.Skipped);
    }

    [Fact]
    public void Of_one_file_in_two_known_folders_the_first_that_was_found_counts()
    {
        var found = new FoundEntries(null);
        found.Add("in/b.wav", "in/b.wav", null);
        found.Add("in/./a.wav", "in/a.wav", null);
        found.Add("in/a.wav", "in/a.wav", null);
        found.Sort();
        Assert.Equal(["in/./a.wav", "in/b.wav"], found.Files.Select(f => f.Path));
        Assert.Equal(["in/a.wav"], found.Skipped.Select(s => s.Path));
    }

    [Fact]
    public void Whose_an_input_is_stays_known_when_they_are_sorted()
    {
        var files = new FoundFiles();
        var here = new FoundFolder("", "");
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"{i * 37 % 300:000}.wav")];
        foreach (string name in names)
        {
            files.Add(here, name, null);
            if (name[2] == '7')
            {
                files.MarkAsAnothers();
            }
        }

        Assert.Empty(files.Sort());
        Assert.Null(files.FirstNamesake);
        Assert.Equal(names.Order(), files.Select(f => f.Path));
        Assert.All(
            Enumerable.Range(0, files.Count),
            i => Assert.Equal(files[i].Id[2] == '7', files.IsAnothers(i)));
    }

    [Fact]
    public void Inputs_that_share_their_folder_are_known_in_lists_too()
    {
        var files = new FoundFiles();
        var list = new FoundFolder("", "");
        string[] names = ["a/b/1.wav", "a/b/2.wav", "a/b1.wav", "a/b2.wav", "a/c/1.wav", "x.wav", "y.wav"];
        foreach (string name in names)
        {
            files.Add(list, name, null);
        }

        files.Sort();
        Assert.Equal(
            [false, true, false, true, false, false, true],
            Enumerable.Range(0, files.Count).Select(files.IsBesideTheLast));
    }

    [Fact]
    public void Names_may_be_of_any_length()
    {
        var files = new FoundFiles();
        var here = new FoundFolder("", "");
        string[] names = [new('声', 700_000), "b", new('a', 3_000_000), "a", new('c', 1_048_572), "c", ""];
        foreach (string name in names)
        {
            files.Add(here, name, null);
        }

        files.Sort();
        Assert.Equal(names.Order(StringComparer.Ordinal), files.Select(f => f.Path));
    }

    private static string Text(Random random, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(1, most + 2)).Select(_ => Letters[random.Next(Letters.Length)]));
}
