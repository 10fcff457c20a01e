using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SafetyRegression.Tests.Architecture;

/// <summary>
/// Holds the arrows between the rooms. Contracts share the root namespace, so a type's room is the folder its source lies in.
/// </summary>
public sealed class ArrowTests
{
    private const string Root = "(root)";

    /// <summary>What each room may use, besides itself and the few words at the root.</summary>
    private static readonly Dictionary<string, string[]> _mayUse = new(StringComparer.Ordinal)
    {
        ["Suites"] = [],
        ["Statistics"] = [],
        ["Policies"] = ["Suites", "Statistics"],
        ["RunLogs"] = ["Suites"],
        ["Classification"] = ["Suites", "RunLogs", "Statistics"],
        ["Adversarial"] = ["Suites", "RunLogs", "Classification"],
        ["Capability"] = ["Suites", "RunLogs", "Classification", "Statistics"],
        ["Analysis"] = ["Suites", "Policies", "RunLogs", "Classification", "Capability", "Statistics"],
        ["Running"] = ["Suites", "Policies", "RunLogs", "Classification", "Adversarial", "Capability", "Statistics", "Analysis", "Diagnostics"],
        ["Gating"] = ["Suites", "Policies", "RunLogs", "Classification", "Capability", "Analysis", "Statistics"],
        ["Reporting"] = ["Suites", "Policies", "RunLogs", "Classification", "Capability", "Analysis", "Gating", "Statistics"],
        ["Evidence"] = ["Suites", "Policies", "RunLogs", "Classification", "Capability", "Analysis", "Gating", "Reporting", "Statistics"],
        ["Monitoring"] = ["Suites", "Policies", "RunLogs", "Classification", "Capability", "Analysis", "Gating", "Reporting", "Evidence", "Statistics", "Diagnostics"],
        ["Diagnostics"] = ["Suites", "RunLogs", "Classification", "Analysis", "Gating"],
    };

    /// <summary>Rooms where everything meets: composition, registration, and the self-test of the whole.</summary>
    private static readonly string[] _composition = ["DependencyInjection", "SelfTest", Root];

    private static readonly string[] _pure = ["Statistics", "Policies", "Analysis", "Gating", "Reporting"];

    private static readonly Lazy<(IReadOnlyList<SyntaxTree> Trees, string Folder)> _core = new(Parse);

    [Test]
    public void Every_arrow_points_the_allowed_way()
    {
        var wrong = References()
            .Where(reference => !_composition.Contains(reference.From) && reference.To != Root && reference.From != reference.To)
            .Where(reference => !_mayUse.TryGetValue(reference.From, out var allowed) || !allowed.Contains(reference.To))
            .Select(reference => $"{reference.From} → {reference.To}: {reference.File} uses {reference.Type}")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    [Test]
    public void The_analysing_half_never_sees_a_chat_client()
    {
        var (trees, folder) = _core.Value;
        var wrong = trees
            .Where(tree => _pure.Contains(RoomOf(tree.FilePath, folder)))
            .Where(tree => tree.GetRoot().DescendantNodes().OfType<NameSyntax>().Any(name => name.ToString().StartsWith("Microsoft.Extensions.AI", StringComparison.Ordinal)))
            .Select(tree => Path.GetRelativePath(folder, tree.FilePath))
            .ToList();

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void The_map_knows_every_room()
    {
        var folder = Repository.PathOf("src", "SafetyRegression.Core");
        var rooms = Directory.GetDirectories(folder)
            .Where(room => Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories).Any())
            .Select(room => Path.GetFileName(room)!)
            .Where(room => room is not ("bin" or "obj" or "Properties"))
            .Except(_mayUse.Keys.Concat(_composition));

        Assert.That(rooms, Is.Empty);
    }

    /// <summary>
    /// By name: a simple name that is a type of another room is a use of that room. Members to the right of a dot and names being assigned are none.
    /// </summary>
    private static IEnumerable<(string From, string To, string File, string Type)> References()
    {
        var (trees, folder) = _core.Value;
        var rooms = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var (tree, type) in trees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => (tree, type))))
        {
            if (!rooms.TryGetValue(type.Identifier.Text, out var places))
                rooms[type.Identifier.Text] = places = new HashSet<string>(StringComparer.Ordinal);
            places.Add(RoomOf(tree.FilePath, folder));
        }

        foreach (var tree in trees)
        {
            var from = RoomOf(tree.FilePath, folder);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(IsPerhapsType))
            {
                // A name that also exists at home, or in several rooms, is taken for the nearest one.
                if (rooms.TryGetValue(name.Identifier.Text, out var places) && places.Count == 1 && !places.Contains(from))
                    yield return (from, places.First(), Path.GetRelativePath(folder, tree.FilePath), name.Identifier.Text);
            }
        }
    }

    private static bool IsPerhapsType(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or ArgumentSyntax or UsingDirectiveSyntax => false,
        AssignmentExpressionSyntax assignment => assignment.Left != name,
        InvocationExpressionSyntax => false,
        QualifiedNameSyntax qualified => qualified.Right == name,
        _ => true,
    };

    private static string RoomOf(string file, string folder)
    {
        var parts = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar);
        return parts.Length == 1 ? Root : parts[0];
    }

    private static (IReadOnlyList<SyntaxTree> Trees, string Folder) Parse()
    {
        var folder = Repository.PathOf("src", "SafetyRegression.Core");
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        return (
            [
                .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                    .Where(file => RoomOf(file, folder) is not ("bin" or "obj"))
                    .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)),
            ],
            folder);
    }
}
