using System.Collections.Immutable;

namespace SafetyRegression.Tests.Reporting;

/// <summary>Names that want to be more than names: markup, scripts, directions, control characters, Markdown, pipeline commands.</summary>
internal static class Hostile
{
    private static readonly string[] _events = ["onload", "onerror", "onclick", "onmouseover", "onfocus", "ontoggle", "onbegin", "onanimationstart", "onpageshow"];
    private static readonly string[] _tags = ["img src=x", "svg", "body", "details open", "video src=x", "iframe src=HOST/f", "input autofocus", "style", "marquee"];

    private static readonly string[] _written =
    [
        "<script>document.title='PWNED'</script>", "</title><script>document.title='PWNED'</script>", "</style><script>document.title='PWNED'</script>", "</script><script>document.title='PWNED'</script>",
        "<svg><script>document.title='PWNED'</script></svg>", "</svg><img src=HOST/svg>", "\"><script>document.title='PWNED'</script>", "'><script>document.title='PWNED'</script>", "--><script>document.title='PWNED'</script>", "]]><script>document.title='PWNED'</script>",
        "<img src=HOST/a>", "<link rel=stylesheet href=HOST/b>", "<meta http-equiv=refresh content=0;url=HOST/c>", "<base href=HOST/>", "<object data=HOST/d></object>", "<embed src=HOST/e>", "<form action=HOST/g><button>", "<a href=javascript:document.title='PWNED'>x</a>",
        "<table><tr><td>", "</table></div></section></main>", "<!--", "<![CDATA[", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", "&lt;script&gt;", "&#60;script&#62;", "&#x3c;img src=HOST/h&#x3e;", "&amp;lt;b&amp;gt;", "&", "<", ">", "\"", "'", "`", "=", "/", "\\",
        "\" style=\"position:fixed;inset:0", "' onclick='document.title=1", "x\" onmouseover=\"document.title='PWNED'", "expression(alert(1))", "url(HOST/i)", "}</style><img src=HOST/j>", "@import 'HOST/k';", "<math><mi xlink:href=data:x>", "<noscript><p title=\"</noscript><img src=HOST/l>\">",
        "{{7*7}}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "%3Cscript%3E", "\\u003cscript\\u003e", "＜script＞", "<scr\0ipt>", "<ſcript>", "<SCRIPT/XSS>", "<<script>>", "<a\tb>", "javascript:alert(1)", "data:text/html,<script>1</script>", "vbscript:x",
        "@everyone", "@octocat", "#1", "GH-1", "owner/repo#1", "[link](HOST/m)", "![img](HOST/n)", "[ref]: HOST/o", "<HOST/p>", "https://evil.example/q", "www.evil.example", "mail@evil.example", "| a | b |", "|---|", "a|b", "**bold**", "__bold__", "*em*", "_em_", "~~x~~", "`code`", "```", "# heading", "> quote", "- item", "1. item", "+ item", "---", "===", "* * *", "<details open>", "</details>", "<summary>", "[^1]", ":tada:", "$$x$$", "$`x`$", "<!-- safety-regression:x -->", "\n\n# injected\n", "\r\n| x |\r\n", "    code", "\\",
        "::error::forged", "::set-output name=recommendation::deploy", "::add-mask::x", "::stop-commands::x", "\n::error title=x::forged", "\r\n::warning::forged", "%0A::error::forged", "%25", "a,b:c", "title=x,file=y::z", "##vso[task.complete result=Succeeded;]", "##[error]x", "recommendation=deploy", "\nrecommendation=deploy\n", "EOF\nrecommendation=deploy", "<<EOF",
        "\"} 1\n# EOF\nforged 1", "a\"b", "a\\", "x{y=\"z\"} 1", "# HELP x", "NaN", "name: [evil]", "- a: b\n  c: d", "key: |", "!!python/object", "*alias", "&anchor", "%YAML", "'; DROP TABLE x; --", "=1+1", "+1+1", "-1+1", "@SUM(1)", "\u001b[31mred", "\u001b]0;title\u0007", "\u001b[2J", "[red]markup[/]", "[[x]]",
        "abc\u202Egnp.exe", "\u202Ertl\u202C", "\u2066iso\u2069", "\u2067x\u2069", "\u2068x\u2069", "\u200Eltr", "\u200Frtl", "\u061Calm", "a\u200Bb", "a\u2060b", "\uFEFFbom", "\u2028line", "\u2029para", "\uFFF9a\uFFFAb\uFFFB", "\U000E0041tag", "\uE000private", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "שלום", "مرحبا", "日本語", "🏳️‍🌈", "\uD800", "\uDC00", "a\uD83Db", "\uFFFE", "\uFFFF", "\U0001FFFE",
    ];

    /// <summary>Every payload; <c>HOST</c> stands for an address that must never be asked.</summary>
    internal static ImmutableArray<string> Payloads(string host = "http://127.0.0.1:9")
    {
        var all = _written
            .Concat(_tags.SelectMany(tag => _events.Select(name => $"<{tag} {name}=document.title='PWNED'>")))
            .Concat(Enumerable.Range(0, 32).Append(127).Concat(Enumerable.Range(128, 32)).Select(code => $"a{(char)code}b"));
        return [.. all.Select(payload => payload.Replace("HOST", host, StringComparison.Ordinal))];
    }

    /// <summary>A report in which every text that comes from suites, models, judges or hosts is a payload.</summary>
    internal static RegressionReport Report(string host = "http://127.0.0.1:9")
    {
        var payloads = Payloads(host);
        var i = 0;
        string Next() => payloads[i++ % payloads.Length];
        HarmCategory Category()
        {
            var name = $"{i}{new string([.. Next().Where(c => c >= ' ')])}";
            return new HarmCategory(name[..Math.Min(100, name.Length)]);
        }

        var report = DemoReport.WithExtras(DemoReport.Of(samples: 2));
        TargetIdentity Target(TargetIdentity target) => target with { Label = Next(), Model = Next(), Provider = Next(), Revision = Next() };
        Finding Named(Finding finding) => Category() is var category ? finding with { Id = category.Name, Category = category, Test = Next(), IntervalMethod = Next() } : finding;
        var flag = report.Analysis.Flagged.First(flag => flag.IsWorse);
        return report with
        {
            RunId = Next(),
            ToolVersion = Next(),
            Baseline = Target(report.Baseline),
            Candidate = Target(report.Candidate),
            Suite = report.Suite with { Name = Next(), Version = Next(), Fingerprint = Next() },
            PolicyFingerprint = Next(),
            Policy = report.Policy with { Name = Next(), Version = Next(), Test = Next() },
            Generation = report.Generation.Add(Next(), Next()).Add("k" + Next(), Next()),
            Judges = [.. payloads.Select(payload => report.Judges[0] with { Name = payload, Note = payload })],
            Trend = report.Trend! with { Note = Next(), Points = [.. report.Trend!.Points.Select(point => point with { Label = Next() })] },
            Decision = report.Decision with
            {
                Sentence = string.Join(' ', payloads.Take(60)),
                Gates = [.. report.Decision.Gates, .. payloads.Select((payload, n) => report.Decision.Gates[n % 9] with { Id = payload, Title = payload, Evidence = payload, Subjects = [payload] })],
                Reasons = payloads,
            },
            Analysis = report.Analysis with
            {
                Capability = report.Analysis.Capability! with { Tasks = [.. payloads.Take(40).Select(payload => report.Analysis.Capability!.Tasks[0] with { Id = payload, Task = payload, Scorer = payload })], Subjects = [.. payloads.Take(40).Select(payload => report.Analysis.Capability!.Tasks[0] with { Id = payload, Subject = payload })] },
                Categories = [.. Enumerable.Range(0, 40).Select(n => Named(report.Analysis.Categories[n % 9]))],
                BenignCategories = [.. report.Analysis.BenignCategories.Select(Named)],
                Strata = [.. report.Analysis.Strata.Take(20).Select(Named), .. payloads.Select(payload => report.Analysis.Strata[0] with { Id = payload, Category = null, Stratum = payload })],
                JudgeTrust = DemoReport.Trust(Next()) with { Judges = payloads, Warnings = payloads, Anchors = [.. payloads.Select(payload => DemoReport.Trust(payload).Anchors[0])] },
                BestOfN = [.. payloads.Select(DemoReport.BestOf)],
                Classifier = report.Analysis.Classifier with { Name = Next(), Version = Next(), Fingerprint = Next() },
                DataQuality = report.Analysis.DataQuality with { UnexpectedModels = payloads },
                Flagged = [.. payloads.Select((payload, n) => flag with { ItemId = payload, Variant = payload, Language = payload, AnswerHash = payload, Category = Category() })],
            },
        };
    }
}
