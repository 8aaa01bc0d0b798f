<#
.SYNOPSIS
Installs the module's package from a folder, as somebody would from the PowerShell Gallery.
.DESCRIPTION
With PSResourceGet on the machine the folder is registered as a repository for a moment and Save-PSResource does the work.
Without it the package is unpacked as Save-PSResource does. Either way the result is Destination/ZoomProvisioning/<version>,
and the path of the installed manifest is written.
.EXAMPLE
./tests/Pester/Install-Package.ps1 -Source out/packages -Destination ~/Modules
#>
[CmdletBinding()]
param(
    # The folder with ZoomProvisioning.<version>.nupkg.
    [Parameter(Mandatory)]
    [string] $Source,

    # A folder of PSModulePath, or one that will be. Made when it is not there.
    [Parameter(Mandatory)]
    [string] $Destination
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$sourceFolder = (Resolve-Path -LiteralPath $Source).ProviderPath
$null = New-Item -ItemType Directory -Path $Destination -Force
$destinationFolder = (Resolve-Path -LiteralPath $Destination).ProviderPath

if (Get-Command Save-PSResource -ErrorAction SilentlyContinue) {
    $repository = 'ZoomProvisioning-' + [Guid]::NewGuid().ToString('N')
    Register-PSResourceRepository -Name $repository -Uri $sourceFolder -Trusted
    try {
        Save-PSResource -Name ZoomProvisioning -Repository $repository -Path $destinationFolder -TrustRepository
    }
    finally {
        Unregister-PSResourceRepository -Name $repository
    }
}
else {
    $packages = @(Get-ChildItem -LiteralPath $sourceFolder -Filter 'ZoomProvisioning.*.nupkg')
    if ($packages.Count -ne 1) {
        throw "There must be one package of the module in $sourceFolder, and there are $($packages.Count)."
    }

    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $version = $packages[0].BaseName.Substring('ZoomProvisioning.'.Length)
    $moduleFolder = Join-Path (Join-Path $destinationFolder 'ZoomProvisioning') $version
    [IO.Compression.ZipFile]::ExtractToDirectory($packages[0].FullName, $moduleFolder)

    # What belongs to the package and not to the module.
    foreach ($name in '_rels', 'package', '[Content_Types].xml', 'ZoomProvisioning.nuspec') {
        Remove-Item -LiteralPath (Join-Path $moduleFolder $name) -Recurse -Force
    }
}

(Get-ChildItem -Path (Join-Path $destinationFolder 'ZoomProvisioning/*/ZoomProvisioning.psd1')).FullName
