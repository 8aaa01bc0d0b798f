using Microsoft.CodeAnalysis;

namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where a property has <c>init</c>.</summary>
[Embedded]
internal static class IsExternalInit;
