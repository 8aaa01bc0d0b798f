using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>
/// The resolver of Windows PowerShell as a pure function (name, version, asker → path), for the closure that is shipped.
/// Mono ignores versions, so no run of it shows this.
/// </summary>
public class DesktopResolverTests
{
    private static readonly Assembly Core = typeof(EngineOptions).Assembly;
    private static readonly string Engine = Path.Combine(StagedModule.Desktop, "ZoomProvisioning.Engine.dll");
    private static readonly string Stranger = Path.Combine(Path.GetTempPath(), "Modules", "Other", "Other.dll");

    private readonly DesktopResolver _resolver = new(StagedModule.Desktop, Core);

    public static TheoryData<string, string> References
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var assembly in AssemblyFile.ReadAll(StagedModule.Desktop))
            {
                foreach (var wanted in assembly.References)
                {
                    data.Add(assembly.Name.Name!, wanted.FullName);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public void Every_reference_is_in_the_framework_or_answered(string asker, string reference)
    {
        var wanted = new AssemblyName(reference);
        if (InBox(wanted.Name!) is { } inBox && inBox.Version >= wanted.Version && AssemblyFile.Token(inBox) == AssemblyFile.Token(wanted))
        {
            return;
        }

        var askerPath = Path.Combine(StagedModule.Desktop, asker + ".dll");
        if (_resolver.PathFor(wanted, askerPath) is { } path)
        {
            var answer = AssemblyFile.Read(path).Name;
            Assert.Equal(wanted.Name, answer.Name);
            Assert.True(answer.Version >= wanted.Version, answer.FullName);

            // .NET Framework takes another version from a resolver, but never another publisher's assembly.
            Assert.Equal(AssemblyFile.Token(wanted), AssemblyFile.Token(answer));
            Assert.StartsWith(StagedModule.Desktop, path, StringComparison.Ordinal);
            return;
        }

        // Neither a file of ours nor in the framework as it was asked for: Core, or a type the framework has elsewhere.
        using var metadata = new MetadataLoadContext(
            new PathAssemblyResolver([askerPath, typeof(object).Assembly.Location]), typeof(object).Assembly.GetName().Name);
        var shim = _resolver.Resolve(wanted, metadata.LoadFromAssemblyPath(askerPath));
        Assert.True(shim is not null, $"Nobody answers {asker}'s request for {reference}.");
        Assert.Contains(wanted.Name, new[] { Core.GetName().Name, "System.ValueTuple" });
    }

    [Fact]
    public void The_packages_do_ask_for_versions_that_are_not_shipped()
    {
        // Otherwise the test above would say nothing.
        var shipped = AssemblyFile.ReadAll(StagedModule.Desktop);
        Assert.Contains(
            from asker in shipped from wanted in asker.References from one in shipped where one.Name.Name == wanted.Name select (wanted, one),
            pair => pair.wanted.Version != pair.one.Name.Version);
    }

    [Fact]
    public void All_that_is_shipped_is_known() =>
        Assert.Equal(AssemblyFile.ReadAll(StagedModule.Desktop).Select(a => a.Name.Name).Order(), _resolver.Shipped.Keys.Order());

    [Fact]
    public void An_older_version_gets_the_shipped_one()
    {
        var wanted = Shipped("Polly.Core", v => new Version(v.Major - 1, 0, 0, 0));
        Assert.Equal(Path.Combine(StagedModule.Desktop, "Polly.Core.dll"), _resolver.PathFor(wanted, Engine));
    }

    [Fact]
    public void A_newer_version_than_shipped_is_left_to_others() =>
        Assert.Null(_resolver.PathFor(Shipped("Polly.Core", v => new Version(v.Major, v.Minor, v.Build, v.Revision + 1)), Engine));

    [Fact]
    public void A_name_without_a_version_gets_the_shipped_one() =>
        Assert.NotNull(_resolver.PathFor(new AssemblyName("Polly.Core"), Engine));

    [Fact]
    public void Names_are_compared_as_Windows_does() =>
        Assert.NotNull(_resolver.PathFor(new AssemblyName("polly.core"), Engine));

    [Fact]
    public void An_unknown_name_is_left_to_others() =>
        Assert.Null(_resolver.PathFor(new AssemblyName("Newtonsoft.Json, Version=13.0.0.0"), Engine));

    [Fact]
    public void Other_modules_are_left_to_themselves() =>
        Assert.Null(_resolver.PathFor(Shipped("Polly.Core", v => v), Stranger));

    [Fact]
    public void A_folder_that_only_begins_like_ours_is_another_modules() =>
        Assert.Null(_resolver.PathFor(Shipped("Polly.Core", v => v), Path.Combine(StagedModule.Folder + "-preview", "lib", "net472", "Other.dll")));

    [Fact]
    public void An_assembly_without_a_file_is_not_ours() =>
        Assert.Null(_resolver.Resolve(
            Shipped("Polly.Core", v => v),
            Assembly.Load(File.ReadAllBytes(StagedModule.BuiltBy("tests/DesktopSmoke", "net472", "DesktopSmoke.exe")))));

    [Fact]
    public void An_unknown_asker_gets_what_is_shipped() =>
        Assert.NotNull(_resolver.PathFor(Shipped("Polly.Core", v => v), null));

    [Fact]
    public void The_root_may_ask_too() =>
        Assert.NotNull(_resolver.PathFor(Shipped("System.Text.Json", v => v), StagedModule.PathOf("ZoomProvisioning.dll")));

    [Fact]
    public void Core_is_always_the_one_PowerShell_has()
    {
        Assert.Same(Core, _resolver.Resolve(Core.GetName(), null));
        Assert.Same(Core, _resolver.Resolve(new AssemblyName("ZoomProvisioning.Core, Version=0.0.0.1"), null));
    }

    [Fact]
    public void A_stranger_gets_neither_Core_nor_the_tuple_shim()
    {
        Assert.Null(_resolver.Resolve(Core.GetName(), typeof(FactAttribute).Assembly));
        Assert.Null(_resolver.Resolve(new AssemblyName("System.ValueTuple, Version=4.0.5.0"), typeof(FactAttribute).Assembly));
    }

    [Fact]
    public void Tuples_come_from_the_framework() =>
        Assert.Same(typeof(ValueTuple<,>).Assembly, _resolver.Resolve(new AssemblyName("System.ValueTuple, Version=4.0.5.0"), null));

    private AssemblyName Shipped(string name, Func<Version, Version> version) => new(name) { Version = version(_resolver.Shipped[name]) };

    private static AssemblyName? InBox(string name) =>
        new[] { StagedModule.NetFramework, Path.Combine(StagedModule.NetFramework, "Facades") }
            .Select(f => Path.Combine(f, name + ".dll")).Where(File.Exists).Select(f => AssemblyFile.Read(f).Name).FirstOrDefault();
}
