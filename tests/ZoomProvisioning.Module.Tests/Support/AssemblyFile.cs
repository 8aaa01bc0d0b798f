using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>What one assembly file says about itself and others, read without loading it.</summary>
internal sealed class AssemblyFile
{
    private AssemblyFile(string path, MetadataReader reader)
    {
        Path = path;
        Name = reader.GetAssemblyDefinition().GetAssemblyName();
        References = [.. reader.AssemblyReferences.Select(h => reader.GetAssemblyReference(h).GetAssemblyName())];
        UsedTypes =
        [
            .. from handle in reader.TypeReferences
               let type = reader.GetTypeReference(handle)
               where type.ResolutionScope.Kind == HandleKind.AssemblyReference
               let assembly = reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope)
               select (reader.GetString(assembly.Name), reader.GetString(type.Namespace), reader.GetString(type.Name)),
        ];
    }

    public string Path { get; }

    public AssemblyName Name { get; }

    public IReadOnlyList<AssemblyName> References { get; }

    /// <summary>Types of other assemblies that this one's code or signatures name.</summary>
    public IReadOnlyList<(string Assembly, string Namespace, string Name)> UsedTypes { get; }

    public IEnumerable<string> ReferenceNames => References.Select(r => r.Name!).Order(StringComparer.Ordinal);

    public static AssemblyFile Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return new AssemblyFile(path, file.GetMetadataReader());
    }

    /// <summary>All assemblies of a folder.</summary>
    public static IReadOnlyList<AssemblyFile> ReadAll(string folder) => [.. Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(Read)];

    public static string Token(AssemblyName name) => Convert.ToHexString(name.GetPublicKeyToken() ?? []);
}
