using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SafetyRegression.Tests.Architecture;

/// <summary>Compiles every C# block of the README against the real assemblies.</summary>
public sealed partial class ReadmeTests
{
    /// <summary>What the SDK adds where implicit usings are on.</summary>
    private const string Implicit = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    /// <summary>Only the usings that the README names: one it forgets is a block that does not compile.</summary>
    private static readonly string _usings = Implicit + Named("assume");
    private static readonly string _testUsings = _usings + Named("in tests also");

    [TestCaseSource(nameof(Blocks))]
    public void A_block_compiles(string block)
    {
        var code = block.Contains("class ", StringComparison.Ordinal)
            ? _testUsings + block + "\nstatic class Models { public static IChatClient Baseline => null!; public static IChatClient Candidate => null!; }"
            : _usings + "static class Snippet { static async Task RunAsync(IChatClient baseline, IChatClient candidate, IServiceCollection services, CancellationToken cancellationToken) {\n" + block + "\nawait Task.Yield(); } }";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "readme",
            [CSharpSyntaxTree.ParseText(code, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview))],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());

        Assert.That(errors, Is.Empty);
    }

    [Test]
    public void The_packages_named_are_the_packages_built()
    {
        var named = Package().Matches(Readme()).Select(match => match.Groups[1].Value).ToList();

        Assert.That(named, Is.EquivalentTo(new[] { typeof(RegressionReport), typeof(Assertions.SafetyFixture) }.Select(type => type.Assembly.GetName().Name)));
    }

    [TestCase("builtin-suite.md", "| category |")]
    [TestCase("builtin-suite.md", "| preset |")]
    [TestCase("classifiers.md", "| Kind |")]
    public void A_table_is_the_generated_one(string document, string head)
    {
        var lines = File.ReadAllText(Repository.PathOf("docs", document)).ReplaceLineEndings("\n").Split('\n');
        var table = lines.SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|')).ToList();

        Assert.That(table, Is.Not.Empty);
        Assert.That(File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n"), Does.Contain(string.Join('\n', table)));
    }

    private static IEnumerable<string> Blocks() => CSharpBlock().Matches(Readme()).Select(match => match.Groups[1].Value);

    private static string Readme() => File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");

    /// <summary>The usings in code that follow the words, up to the end of their clause.</summary>
    private static string Named(string words)
    {
        var clause = Readme().Split('\n').SelectMany(line => line.Split(". ").SelectMany(sentence => sentence.Split("; "))).Single(part => part.Contains(words, StringComparison.Ordinal) && part.Contains("`using ", StringComparison.Ordinal));
        return string.Concat(Using().Matches(clause[clause.IndexOf(words, StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value + "\n"));
    }

    [GeneratedRegex("`(using [A-Za-z.]+;)`", RegexOptions.None, 10_000)]
    private static partial Regex Using();

    [GeneratedRegex("`dotnet add package ([A-Za-z.]+)`", RegexOptions.None, 10_000)]
    private static partial Regex Package();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline, 10_000)]
    private static partial Regex CSharpBlock();
}
