using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>Everything public of what is shipped is described: scripts see Core and the root, the loader's callers the rest.</summary>
public class DocumentationTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Assemblies =>
        [.. Directory.GetFiles(StagedModule.Folder, "ZoomProvisioning*.dll", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Distinct()];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_public_type_and_member_has_a_summary(string name)
    {
        var documented = Documented(name);
        var types = StagedModule.Assembly(name).GetTypes().Where(IsVisible).ToList();
        Assert.NotEmpty(types);
        var wanted = types.SelectMany(t => Members(t).Select(m => $"{Letter(m)}:{NameOf(t)}.{m.Name.Replace('.', '#')}").Prepend($"T:{NameOf(t)}")).Distinct();
        Assert.Equal([], wanted.Except(documented));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_summary_is_empty(string name) =>
        Assert.Empty(Entries(name)
            .Where(e => e.Element("summary") is { } s && s.Value.Trim().Length + s.Elements().Count() == 0)
            .Select(e => (string)e.Attribute("name")!));

    /// <summary>The names (without parameter lists) of what is described, be it by inheritance or as a record's parameter.</summary>
    private static HashSet<string> Documented(string name)
    {
        var documented = new HashSet<string>();
        foreach (var entry in Entries(name).Where(e => e.Element("summary") is not null || e.Element("inheritdoc") is not null))
        {
            var id = ((string)entry.Attribute("name")!).Split('(', '~')[0];
            documented.Add(id);
            if (id.StartsWith("M:", StringComparison.Ordinal) && id.LastIndexOf("``", StringComparison.Ordinal) is > 0 and var arity)
            {
                documented.Add(id[..arity]);
            }

            foreach (var parameter in entry.Elements("param").Where(_ => id.StartsWith("T:", StringComparison.Ordinal)))
            {
                documented.Add($"P:{id[2..]}.{(string)parameter.Attribute("name")!}");
            }
        }

        return documented;
    }

    private static IEnumerable<XElement> Entries(string name) =>
        XDocument.Load(StagedModule.BuiltBy(
            $"src/{name}",
            File.Exists(StagedModule.PathOf(name + ".dll")) ? "netstandard2.0" : "net8.0",
            name + ".xml")).Descendants("member");

    private static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Declared).Where(m => !IsGenerated(m) && m switch
    {
        // A method without a name of its own belongs to a property or an event; an operator has one.
        MethodInfo method => IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !IsDelegate(type),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(a => IsVisible(a)),
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
        EventInfo occurrence => IsVisible(occurrence.AddMethod!),
        ConstructorInfo constructor => IsVisible(constructor) && constructor.GetParameters().Length > 0 && !IsDelegate(type) && !IsPrimary(type),
        _ => false,
    });

    // A record's own constructor is described by the record's parameters.
    private static bool IsPrimary(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsDelegate(Type type) => type.BaseType?.FullName == "System.MulticastDelegate";

    private static bool IsVisible(Type type) => type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily) && IsVisible(type.DeclaringType!));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
        || (member is PropertyInfo && member.Name == "EqualityContract")
        || member.GetCustomAttributesData().Any(a => a.AttributeType.Name == "CompilerGeneratedAttribute");

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static char Letter(MemberInfo member) => member switch
    {
        PropertyInfo => 'P',
        FieldInfo => 'F',
        EventInfo => 'E',
        _ => 'M',
    };
}
