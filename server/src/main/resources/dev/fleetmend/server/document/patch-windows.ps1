# Fleetmend's patch worker for Windows: it asks the Windows Update Agent what is there, posts the raw fields, does what
# the server's plan says, and posts the raw fields again. It judges nothing. Windows PowerShell 5.1.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2
$ProgressPreference = 'SilentlyContinue'
# The agent reads UTF-8; a service need not have a console to say so to.
try { [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false } catch { }
$operation = '{{ Operation }}'
$rebootOption = '{{ RebootOption }}'
$baselineOverrideUrl = '{{ BaselineOverride }}'
$installOverrideUrl = '{{ InstallOverrideList }}'
$token = '%fleetmend-worker-token%'
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

function Stop-Worker([string] $message) {
  [Console]::Error.WriteLine($message)
  exit 1
}

function Get-Member-Or([object] $from, [string] $name, [object] $otherwise) {
  if ($null -eq $from) { return $otherwise }
  $member = $from.PSObject.Properties[$name]
  if ($null -eq $member -or $null -eq $member.Value) { return $otherwise }
  return $member.Value
}

# The Windows Update Agent's times are UTC, though they do not say so; what is local does.
function ConvertTo-Epoch([object] $time) {
  if ($null -eq $time) { return [long] 0 }
  $utc = [datetime] $time
  if ($utc.Kind -eq [DateTimeKind]::Local) { $utc = $utc.ToUniversalTime() }
  if ($utc.Year -lt 1980) { return [long] 0 }
  return [long] ($utc - [datetime]::new(1970, 1, 1)).TotalSeconds
}

# A method of a COM object may throw its HRESULT inside of another exception.
function Get-HResult([object] $failure) {
  return [long] $failure.Exception.GetBaseException().HResult
}

function Get-Server {
  $path = Join-Path $env:ProgramFiles 'Amazon\SSM\amazon-ssm-agent.json'
  if (-not (Test-Path $path)) { Stop-Worker 'The agent has no configuration. Nothing was changed.' }
  $settings = Get-Content -Raw -Path $path | ConvertFrom-Json
  $server = [string] (Get-Member-Or (Get-Member-Or $settings 'Ssm' $null) 'Endpoint' '')
  if ($server -eq '') {
    $domain = [string] (Get-Member-Or (Get-Member-Or $settings 'Agent' $null) 'ServiceDomain' '')
    if ($domain -ne '') { $server = 'https://ssm.' + $env:AWS_SSM_REGION_NAME + '.' + $domain }
  }
  if ($server -eq '') { Stop-Worker 'The configuration of the agent names no server. Nothing was changed.' }
  if ($server -notmatch '^https?://') { $server = 'https://' + $server }
  return $server.TrimEnd('/')
}

function Send-Json([string] $path, [hashtable] $content) {
  $body = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $content -Depth 8 -Compress))
  try {
    $answer = Invoke-WebRequest -UseBasicParsing -Method Post -Uri ($server + $path) -Body $body `
      -ContentType 'application/json' -Headers @{ 'X-Fleetmend-Token' = $token } -MaximumRedirection 0 -TimeoutSec 300
    $stream = $answer.RawContentStream
    return [Text.Encoding]::UTF8.GetString($stream.ToArray())
  } catch {
    $detail = ''
    if ($null -ne $_.ErrorDetails) { $detail = ' ' + $_.ErrorDetails.Message }
    Stop-Worker ('The server at ' + $server + ' did not take the facts: ' + $_.Exception.Message + $detail)
  }
}

function Get-Override([string] $url) {
  if ($url -eq '') { return '' }
  if ($url -notmatch '^https?://') { Stop-Worker ($url + ' cannot be fetched: only http and https can. Nothing was changed.') }
  try {
    $answer = Invoke-WebRequest -UseBasicParsing -Uri $url -MaximumRedirection 3 -TimeoutSec 60
    $bytes = $answer.RawContentStream.ToArray()
  } catch {
    Stop-Worker ($url + ' cannot be fetched: ' + $_.Exception.Message + ' Nothing was changed.')
  }
  if ($bytes.Length -gt 1000000) { Stop-Worker ($url + ' is longer than 1000000 bytes. Nothing was changed.') }
  return [Convert]::ToBase64String($bytes)
}

function Get-Boot {
  $os = Get-CimInstance -ClassName Win32_OperatingSystem
  $key = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters'
  $id = ''
  try { $id = 'boot-' + [string] (Get-ItemProperty -Path $key -Name BootId).BootId } catch { $id = '' }
  return @{
    caption = [string] $os.Caption
    version = [string] $os.Version
    architecture = [string] $os.OSArchitecture
    bootId = $id
    bootedAt = ConvertTo-Epoch $os.LastBootUpTime
    rebootRequired = [bool] (New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired
  }
}

function ConvertTo-RawUpdate([object] $update, [hashtable] $times) {
  $categories = @()
  foreach ($category in $update.Categories) {
    $categories += @{ categoryId = [string] $category.CategoryID; name = [string] $category.Name; type = [string] $category.Type }
  }
  $id = [string] $update.Identity.UpdateID
  $installedAt = [long] 0
  if ($times.ContainsKey($id)) { $installedAt = $times[$id] }
  $rebootBehavior = 0
  $canRequestUserInput = $false
  if ($null -ne $update.InstallationBehavior) {
    $rebootBehavior = [int] $update.InstallationBehavior.RebootBehavior
    $canRequestUserInput = [bool] $update.InstallationBehavior.CanRequestUserInput
  }
  return @{
    updateId = $id
    revisionNumber = [int] $update.Identity.RevisionNumber
    title = [string] $update.Title
    kbArticleIds = @(foreach ($one in $update.KBArticleIDs) { [string] $one })
    securityBulletinIds = @(foreach ($one in $update.SecurityBulletinIDs) { [string] $one })
    msrcSeverity = [string] $update.MsrcSeverity
    categories = $categories
    cveIds = @(foreach ($one in $update.CveIDs) { [string] $one })
    supersededUpdateIds = @(foreach ($one in $update.SupersededUpdateIDs) { [string] $one })
    isInstalled = [bool] $update.IsInstalled
    isHidden = [bool] $update.IsHidden
    isUninstallable = [bool] $update.IsUninstallable
    eulaAccepted = [bool] $update.EulaAccepted
    rebootBehavior = $rebootBehavior
    canRequestUserInput = $canRequestUserInput
    rebootRequired = [bool] $update.RebootRequired
    releasedAt = ConvertTo-Epoch $update.LastDeploymentChangeTime
    installedAt = $installedAt
    maxDownloadSize = [long] $update.MaxDownloadSize
  }
}

function Get-Facts([object] $searcher) {
  $times = @{}
  try {
    $count = $searcher.GetTotalHistoryCount()
    if ($count -gt 0) {
      foreach ($entry in $searcher.QueryHistory(0, [Math]::Min($count, 2000))) {
        if ($entry.Operation -ne 1 -or $entry.ResultCode -ne 2) { continue }
        $id = [string] $entry.UpdateIdentity.UpdateID
        if (-not $times.ContainsKey($id)) { $times[$id] = ConvertTo-Epoch $entry.Date }
      }
    }
  } catch {
    # A damaged history costs the times of installation, not the scan.
    [Console]::Error.WriteLine('The history of the Windows Update Agent cannot be read: ' + $_.Exception.Message)
  }
  $updates = @()
  $found = @{}
  $search = @{ resultCode = 4; hResult = [long] 0 }
  try {
    $result = $searcher.Search('IsInstalled=0 or IsInstalled=1')
    $search.resultCode = [int] $result.ResultCode
    foreach ($update in $result.Updates) {
      $updates += ConvertTo-RawUpdate $update $times
      $found[([string] $update.Identity.UpdateID).ToLowerInvariant()] = $update
    }
  } catch {
    $search.resultCode = 4
    $search.hResult = Get-HResult $_
  }
  $hotfixes = @()
  foreach ($fix in Get-CimInstance -ClassName Win32_QuickFixEngineering) {
    $installedOn = [long] 0
    # Windows keeps this date as text, which it cannot read in every language.
    try { $installedOn = ConvertTo-Epoch $fix.InstalledOn } catch { $installedOn = [long] 0 }
    $hotfixes += @{ hotFixId = [string] $fix.HotFixID; installedAt = $installedOn }
  }
  return @{ search = $search; updates = $updates; hotfixes = $hotfixes; found = $found }
}

function New-Content([hashtable] $facts, [object[]] $results, [string] $resultsBootId, [long] $startedAt) {
  return @{
    contract = 1
    os = Get-Boot
    search = $facts.search
    updates = @($facts.updates)
    hotfixes = @($facts.hotfixes)
    results = @($results)
    resultsBootId = $resultsBootId
    startedAt = $startedAt
    baselineOverride = $baselineOverride
    installOverrideList = $installOverride
  }
}

function New-Result([object] $step, [int] $code, [long] $hResult) {
  return @{ kb = [string] $step.kb; updateId = [string] $step.updateId; resultCode = $code; hResult = $hResult }
}

function Install-Step([object] $session, [object] $step, [hashtable] $found) {
  if (-not $found.ContainsKey([string] $step.updateId)) { return New-Result $step 4 0x80240017 }
  $update = $found[[string] $step.updateId]
  $one = New-Object -ComObject Microsoft.Update.UpdateColl
  try {
    if ($step.acceptEula) { [void] $update.AcceptEula() }
    [void] $one.Add($update)
    $downloader = $session.CreateUpdateDownloader()
    $downloader.Updates = $one
    $fetched = $downloader.Download()
    if ($fetched.ResultCode -ne 2 -and $fetched.ResultCode -ne 3) { return New-Result $step ([int] $fetched.ResultCode) ([long] $fetched.HResult) }
    $installer = $session.CreateUpdateInstaller()
    $installer.AllowSourcePrompts = $false
    $installer.ForceQuiet = $true
    $installer.Updates = $one
    $done = $installer.Install()
    $script:rebootNeeded = $script:rebootNeeded -or [bool] $done.RebootRequired
    $detail = $done.GetUpdateResult(0)
    return New-Result $step ([int] $detail.ResultCode) ([long] $detail.HResult)
  } catch {
    return New-Result $step 4 (Get-HResult $_)
  }
}

# The names of the packages that hold a KB. A cumulative update's name has no KB in it, only its description.
function Find-Package([string] $number) {
  foreach ($package in Get-WindowsPackage -Online) {
    if ([string] $package.PackageState -ne 'Installed') { continue }
    $name = [string] $package.PackageName
    if ($name -match ('^Package_for_KB' + $number + '[~_]')) { $name }
    elseif ($name -match '^Package_for_(RollupFix|DotNetRollup)') {
      $details = Get-WindowsPackage -Online -PackageName $name
      $said = [string] (Get-Member-Or $details 'Description' '') + ' ' + [string] (Get-Member-Or $details 'SupportInformation' '')
      if ($said -match ('(^|[^0-9])' + $number + '([^0-9]|$)')) { $name }
    }
  }
}

function Uninstall-Step([object] $session, [object] $step, [hashtable] $found) {
  $refused = [long] 0x80240028
  if ($found.ContainsKey([string] $step.updateId)) {
    $one = New-Object -ComObject Microsoft.Update.UpdateColl
    try {
      [void] $one.Add($found[[string] $step.updateId])
      $installer = $session.CreateUpdateInstaller()
      $installer.ForceQuiet = $true
      $installer.Updates = $one
      $done = $installer.Uninstall()
      $detail = $done.GetUpdateResult(0)
      if ($detail.ResultCode -eq 2 -or $detail.ResultCode -eq 3) {
        $script:rebootNeeded = $script:rebootNeeded -or [bool] $done.RebootRequired
        return New-Result $step ([int] $detail.ResultCode) 0
      }
      $refused = [long] $detail.HResult
    } catch {
      $refused = Get-HResult $_
    }
  }
  # The Windows Update Agent takes out little of what it has put in; wusa.exe refuses cumulative updates.
  if ([string] $step.kb -notmatch '^KB([0-9]{5,9})$') { return New-Result $step 4 $refused }
  $number = $Matches[1]
  try {
    $packages = @(Find-Package $number)
    if ($packages.Count -eq 0) { return New-Result $step 4 $refused }
    foreach ($package in $packages) {
      $removed = Remove-WindowsPackage -Online -PackageName $package -NoRestart -WarningAction SilentlyContinue
      $script:rebootNeeded = $script:rebootNeeded -or [bool] (Get-Member-Or $removed 'RestartNeeded' $false)
    }
    return New-Result $step 2 0
  } catch {
    return New-Result $step 4 (Get-HResult $_)
  }
}

if ($token -notmatch '^[0-9a-f]{64}$') { Stop-Worker 'The command came without a token: the server has no worker for this node. Nothing was changed.' }
if ([string] $env:SSM_COMMAND_ID -notmatch '^[0-9A-Za-z-]{1,64}$') { Stop-Worker 'The agent does not say which command this is. Nothing was changed.' }
$server = Get-Server
$startedAt = 1000 * (ConvertTo-Epoch (Get-Date))
# Where only administrators may write: what lies here is believed.
$folder = Join-Path $env:ProgramFiles 'Fleetmend\worker'
[void] (New-Item -ItemType Directory -Force -Path $folder)
$record = Join-Path $folder ($env:SSM_COMMAND_ID + '.json')
Get-ChildItem -Path $folder -Filter '*.json' | Where-Object { $_.LastWriteTime -lt (Get-Date).AddDays(-7) } | Remove-Item -Force
$baselineOverride = Get-Override $baselineOverrideUrl
$installOverride = ''
if ($operation -eq 'Install') { $installOverride = Get-Override $installOverrideUrl }
$session = New-Object -ComObject Microsoft.Update.Session
$session.ClientApplicationID = 'Fleetmend'
$searcher = $session.CreateUpdateSearcher()
$searcher.IncludePotentiallySupersededUpdates = $true
$results = @()
$resultsBootId = ''
$script:rebootNeeded = $false

if (Test-Path -LiteralPath $record) {
  # The step runs again after the reboot that it asked for: what was done is on record.
  $before = Get-Content -Raw -Path $record | ConvertFrom-Json
  foreach ($result in @($before.results)) { $results += New-Result $result ([int] $result.resultCode) ([long] $result.hResult) }
  $resultsBootId = [string] $before.bootId
  $startedAt = [long] $before.startedAt
} elseif ($operation -ne 'Scan') {
  $facts = Get-Facts $searcher
  $content = New-Content $facts @() '' $startedAt
  $plan = Send-Json '/worker/plan' $content | ConvertFrom-Json
  foreach ($note in @($plan.notes)) { Write-Output ([string] $note) }
  $resultsBootId = [string] $content.os.bootId
  foreach ($step in @($plan.install)) { $results += Install-Step $session $step $facts.found }
  foreach ($step in @($plan.uninstall)) { $results += Uninstall-Step $session $step $facts.found }
  # Also where an earlier run without a reboot left something to wait for one.
  if ((New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired) { $script:rebootNeeded = $true }
  if ($script:rebootNeeded -and $rebootOption -eq 'RebootIfNeeded') {
    $kept = @{ results = @($results); bootId = $resultsBootId; startedAt = $startedAt }
    ConvertTo-Json -InputObject $kept -Depth 5 | Set-Content -Path $record -Encoding UTF8
    Write-Output 'Windows asks for a reboot: this step goes on after it.'
    exit 3010
  }
}

$facts = Get-Facts $searcher
Write-Output (Send-Json '/worker/facts' (New-Content $facts $results $resultsBootId $startedAt))
Remove-Item -Force -Path $record -ErrorAction SilentlyContinue
$failed = @($results | Where-Object { $_.resultCode -ne 2 -and $_.resultCode -ne 3 })
if ($failed.Count -gt 0) { Stop-Worker ([string] $failed.Count + ' update(s) could not be put in or taken out; the output names them.') }
exit 0
