using SafetyRegression.Benchmarks.Monitoring;

namespace SafetyRegression.Tests.Monitoring;

public sealed class LineageHistoryTests
{
    private static readonly HistoryEntry[] _entries = [.. new Drifting(9, perCategory: 4, benign: 8).Iterate(0.02, 4).Select(assessment => assessment.Entry)];
    private string _folder = null!;

    private string File => Path.Combine(_folder, "history", "clinic.jsonl");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("history").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void What_is_appended_is_there_again()
    {
        Write(4);
        LineageHistory.Open(File).Append(new AlertState("pager", AlertSeverity.Critical, _entries[0].At));
        var read = LineageHistory.Open(File);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Entries.Select(entry => entry.ToString()), Is.EqualTo(_entries.Select(entry => entry.ToString())));
            Assert.That(read.Entries.Select(entry => entry.Run.Digest), Is.EqualTo(_entries.Select(entry => entry.Run.Digest)));
            Assert.That(read.Entries[3].Rates.HarmfulRefused, Is.EqualTo(_entries[3].Rates.HarmfulRefused));
            Assert.That(read.Alerts, Is.EqualTo(new[] { new AlertState("pager", AlertSeverity.Critical, _entries[0].At) }));
            Assert.That(read.HasTornTail, Is.False);
        }
    }

    [Test]
    public void A_torn_tail_is_read_past_and_mended_wherever_it_was_torn()
    {
        Write(2);
        var whole = System.IO.File.ReadAllBytes(File);
        var second = Array.IndexOf(whole, (byte)'\n') + 1;
        foreach (var cut in new[] { second + 1, (second + whole.Length) / 2, whole.Length - 1 })
        {
            System.IO.File.WriteAllBytes(File, whole[..cut]);
            var torn = LineageHistory.Open(File);
            Assert.That((torn.Entries.Length, torn.HasTornTail), Is.EqualTo((1, true)));
            torn.Append(_entries[2]);
            Assert.That(LineageHistory.Open(File).Entries.Select(entry => entry.Iteration), Is.EqualTo(new[] { 1, 3 }));
        }
    }

    [Test]
    public void A_line_that_was_removed_changed_or_damaged_in_the_middle_is_an_error_with_its_number()
    {
        Write(4);
        var lines = System.IO.File.ReadAllLines(File);

        using (Assert.EnterMultipleScope())
        {
            Refuses([lines[0], lines[2], lines[3]], 2, "removed");
            Refuses([lines[0], lines[1].Replace("ft-02", "ft-99", StringComparison.Ordinal), lines[2]], 2, "damaged");
            Refuses([lines[1], lines[2]], 1, "removed");
            Refuses([lines[0], lines[1], lines[1]], 3, "removed, changed or added");
        }
    }

    [Test]
    public void Two_writers_do_not_overwrite_each_other()
    {
        Write(1);
        var (one, two) = (LineageHistory.Open(File), LineageHistory.Open(File));
        one.Append(_entries[1]);

        Assert.That(() => two.Append(_entries[2]), Throws.InstanceOf<IOException>());
        Assert.That(LineageHistory.Open(File).Entries, Has.Length.EqualTo(2));
    }

    private void Refuses(string[] lines, int line, string words)
    {
        System.IO.File.WriteAllText(File, string.Concat(lines.Select(text => text + "\n")));
        var problem = Assert.Throws<InvalidInputException>(() => LineageHistory.Open(File))!.Problems[0];
        Assert.That((problem.Line, problem.Expected), Is.EqualTo((line, problem.Expected)));
        Assert.That(problem.Expected, Does.Contain(words));
    }

    private void Write(int count)
    {
        var history = LineageHistory.Open(File);
        foreach (var entry in _entries.Take(count))
            history.Append(entry);
    }
}
