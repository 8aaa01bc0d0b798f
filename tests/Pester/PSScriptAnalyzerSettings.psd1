@{
    # Everything else must be clean, and the suite must stay readable for Windows PowerShell 5.1.
    Rules        = @{
        PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1', '7.4') }
    }
    ExcludeRules = @(
        # Pester runs the blocks of a test one after the other: a variable set in one is used in the next.
        'PSUseDeclaredVarsMoreThanAssignments'
        # The secrets are a simulator's, and worth nothing outside it.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        # Helpers change simulated things only.
        'PSUseShouldProcessForStateChangingFunctions'
        # One helper is there to show that -WhatIf of a caller reaches the cmdlets; it has nothing of its own to ask.
        'PSShouldProcess'
        # Stand-ins for vaults and directories must be seen by the module, which is another scope.
        'PSAvoidGlobalVars'
        # What completion offers is run as it would be typed.
        'PSAvoidUsingInvokeExpression'
        'PSAvoidUsingPositionalParameters'
    )
}
